package io.plumbline.datasetregistry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionExported;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The journey of exports: an exported file can be uploaded again, and yields the same rows. */
class ExportJourneyTests extends DatasetJourney {

  private static final UUID WORKSPACE = UUID.randomUUID();
  private static final String JSON = "application/x-ndjson";
  private static final String MAILS =
      """
      {"text":"Hello,\\r\\n\\"you\\" 🙂","label":"personal","subset":"test","score":1.50,"tags":["a",1e2],\
      "variables":{"tier":"gold"}}
      {"text":"Buy\\tnow","label":"spam","big":12345678901234567890,"flag":true,"nothing":null}
      {"text":"Buy\\tnow","label":"spam"}
      """;

  ExportJourneyTests() {
    super("ada", WORKSPACE);
  }

  @ParameterizedTest
  @CsvSource({
    "CHAT, chat/own.jsonl",
    "CHAT, chat/openai-fine-tuning.jsonl",
    "CHAT, chat/langfuse.jsonl",
    "CHAT, chat/mlflow.jsonl",
    "QUESTION_ANSWER, questions/own.jsonl",
    "QUESTION_ANSWER, questions/mlflow.jsonl",
    "PREFERENCE, preferences/own.jsonl",
    "PREFERENCE, preferences/openai.jsonl",
    "DOCUMENTS, documents/own.jsonl"
  })
  void own_lines_become_the_same_rows(String kind, String file) throws IOException {
    String dataset = register(kind);
    JsonNode first = upload(dataset, JSON, resource(file));

    Answer export = export(dataset, 1, "JSONL");
    JsonNode second = upload(dataset, JSON, export.body());

    assertThat(second.at("/rowsDigest")).as(export.body()).isEqualTo(first.at("/rowsDigest"));
  }

  @Test
  void own_lines_of_labelled_texts_become_the_same_rows_with_every_metadata() {
    String dataset = register("CLASSIFICATION");
    JsonNode first = upload(dataset, JSON, MAILS);

    Answer export = export(dataset, 1, "JSONL");

    assertThat(export.body())
        .doesNotContain("itemId")
        .contains("\"score\":1.50", "\"variables\":{\"tier\":\"gold\"}");
    assertThat(upload(dataset, JSON, export.body()).at("/rowsDigest"))
        .as(export.body())
        .isEqualTo(first.at("/rowsDigest"));
  }

  @Test
  void labelled_texts_in_columns_become_the_same_rows() {
    String dataset = register("CLASSIFICATION");
    JsonNode first =
        upload(
            dataset,
            "text/csv",
            """
            from,text,label,subset,variables.tier
            jo,"Hello, ""you""
            there",personal,test,gold
            -1.5,,spam,train,
            """);

    Answer export = export(dataset, 1, "CSV");

    assertThat(export.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
    assertThat(export.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"" + dataset + "-v1.csv\"");
    assertThat(export.body())
        .isEqualTo(
            """
            text,label,variables.tier,from,subset\r
            "Hello, ""you""
            there",personal,gold,jo,test\r
            ,spam,,-1.5,train\r
            """);
    assertThat(upload(dataset, "text/csv", export.body()).at("/rowsDigest"))
        .isEqualTo(first.at("/rowsDigest"));
  }

  @Test
  void questions_in_columns_become_the_same_rows() throws IOException {
    String dataset = register("QUESTION_ANSWER");
    JsonNode first = upload(dataset, "text/csv", resource("questions/columns.csv"));

    Answer export = export(dataset, 1, "CSV");

    assertThat(upload(dataset, "text/csv", export.body()).at("/rowsDigest"))
        .as(export.body())
        .isEqualTo(first.at("/rowsDigest"));
  }

  @Test
  void conversations_for_fine_tuning_become_the_same_rows() throws IOException {
    String dataset = register("CHAT");
    String lines =
        resource("chat/openai-fine-tuning.jsonl")
            .lines()
            // The format has no place for metadata and variables.
            .filter(line -> !line.contains("\"source\"") && !line.contains("_variables"))
            .collect(Collectors.joining("\n"));
    JsonNode first = upload(dataset, JSON, lines);

    Answer export = export(dataset, 1, "OPENAI");

    assertThat(export.body()).contains("\"tool_calls\":[{\"id\":\"call_1\"", "\"weight\":0");
    assertThat(upload(dataset, JSON, export.body()).at("/rowsDigest"))
        .as(export.body())
        .isEqualTo(first.at("/rowsDigest"));
  }

  @Test
  void conversations_with_variables_are_no_lines_of_fine_tuning() {
    String dataset = register("CHAT");
    upload(
        dataset,
        JSON,
        """
        {"input":{"messages":[{"role":"user","content":"Hello"}]}}
        {"input":{"messages":[{"role":"user","content":"Hello"}],"variables":{"tier":"gold"}}}
        """);

    Answer refused = request(dataset, 1, "OPENAI");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/detail").asString())
        .isEqualTo(
            "Row 2 has variables of a prompt, for which lines of OpenAI's fine-tuning have no"
                + " place. Export the rows as JSONL.");
  }

  @Test
  void preferences_for_fine_tuning_become_the_same_rows() throws IOException {
    String dataset = register("PREFERENCE");
    JsonNode first = upload(dataset, JSON, resource("preferences/openai.jsonl"));

    Answer export = export(dataset, 1, "OPENAI");

    assertThat(export.body())
        .contains("\"preferred_output\":[{\"role\":\"assistant\"", "\"weight\":0");
    assertThat(upload(dataset, JSON, export.body()).at("/rowsDigest"))
        .as(export.body())
        .isEqualTo(first.at("/rowsDigest"));
    assertThat(request(dataset, 1, "CSV").body()).contains("name JSONL or OPENAI");
  }

  @Test
  void a_format_that_cannot_hold_the_rows_is_refused_with_the_reason() throws IOException {
    String questions = register("QUESTION_ANSWER");
    upload(
        questions,
        JSON,
        """
        {"question":"Who?","expected":{"answers":["Ada"]}}
        {"question":"When?","expected":{"passages":[{"documentId":"a.md","text":"In May."}]}}
        """);

    Answer refused = request(questions, 1, "CSV");
    assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
    assertThat(refused.body()).contains("Row 2 has no list of answers");
    assertThat(request(questions, 1, "OPENAI").body()).contains("name JSONL or CSV");
    assertThat(request(questions, 1, "OPENAI").status()).isEqualTo(400);
    assertThat(request(questions, 2, "JSONL").status()).isEqualTo(404);
  }

  @Test
  void an_export_is_recorded_with_who_asked_and_is_not_for_everybody() {
    String dataset = register("CLASSIFICATION");
    upload(dataset, JSON, MAILS);
    export(dataset, 1, "JSONL");

    DatasetVersionExported exported =
        events.awaitPublished(
            DatasetVersionExported.class, event -> event.dataset().equals(dataset));
    assertThat(exported)
        .isEqualTo(new DatasetVersionExported(exported.exportId(), dataset, 1, "JSONL", "ada"));
    TestClient.TestCaller engineer = client.as("eli", WORKSPACE, Role.ML_ENGINEER);
    assertThat(engineer.get("/api/datasets/" + dataset + "/versions/1/export").status())
        .isEqualTo(403);
  }

  private String register(String kind) {
    String name = "export-" + UUID.randomUUID();
    Map<String, Object> command = new HashMap<>(Map.of("name", name, "kind", kind));
    if (kind.equals("CLASSIFICATION")) {
      command.putAll(
          Map.of(
              "textColumn", "text", "labelColumn", "label", "labels", List.of("personal", "spam")));
    }
    assertThat(steward.post("/api/datasets", command).status()).isEqualTo(201);
    return name;
  }

  private JsonNode upload(String dataset, String type, String rows) {
    JsonNode version =
        settled(
            steward
                .header("Content-Type", type)
                .post("/api/datasets/" + dataset + "/versions", rows));
    assertThat(version.at("/state").asString()).as(version.toString()).isEqualTo("READY");
    return version;
  }

  private Answer request(String dataset, int version, String format) {
    return steward.get(
        "/api/datasets/%s/versions/%d/export?format=%s".formatted(dataset, version, format));
  }

  private Answer export(String dataset, int version, String format) {
    Answer export = request(dataset, version, format);
    assertThat(export.status()).as(export.toString()).isEqualTo(200);
    return export;
  }

  private static String resource(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(ExportJourneyTests.class.getResourceAsStream("/" + name))) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }
}
