package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.datasetregistry.document.SamplePdf;
import io.plumbline.platform.test.TestClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The journey of documents, questions about them, and subsets that the uploader gave. */
class DocumentJourneyTests extends DatasetJourney {

  private static final UUID WORKSPACE = UUID.fromString("0190a000-0000-7000-8000-0000000000ad");

  DocumentJourneyTests() {
    super("gil", WORKSPACE);
  }

  @Test
  void documents_are_one_subset_that_an_index_may_be_built_over() {
    register("handbook", "DOCUMENTS", Map.of());
    String lines =
        IntStream.range(0, 12)
            .mapToObj(
                """
                {"document":{"documentId":"page-%1$d.md","title":"Page %1$d",\
                "text":"# Rule %1$d\\n\\nAsk jo.secret@example.org about rule %1$d."},"team":"shop"}\
                """
                    ::formatted)
            .collect(Collectors.joining("\n"));
    JsonNode first = settled(upload("handbook", "application/x-ndjson", lines));
    assertThat(first.path("state").asString()).as(first.toString()).isEqualTo("READY");
    assertThat(first.at("/report/privacy/findings/EMAIL").asInt()).isEqualTo(12);

    JsonNode split = onlySplit("handbook", 1);
    assertThat(split.at("/subsets/documents/rows").asInt()).as(split.toString()).isEqualTo(12);
    assertThat(split.path("subsets").size()).isEqualTo(1);
    TestClient.Answer another =
        steward.post(
            "/api/datasets/handbook/versions/1/splits", Map.of("subsets", Map.of("train", 1)));
    assertThat(another.status()).isEqualTo(409);
    assertThat(another.json().path("detail").asString())
        .contains("one split, with all of them in the subset documents");

    JsonNode masked =
        settled(steward.post("/api/datasets/handbook/versions/1/mask", Map.of("numbered", false)));
    assertThat(masked.at("/report/privacy/affectedRows").asInt()).isZero();
    JsonNode sheet = steward.get("/api/datasets/handbook/versions/2/datasheet").json();
    assertThat(sheet.at("/origins/0/findings").toString()).isEqualTo("{\"EMAIL\":12}");
    String digest = onlySplit("handbook", 2).path("splitDigest").asString();
    assertThat(
            events
                .awaitPublished(
                    SplitDefined.class, event -> event.splitDigest().hex().equals(digest))
                .subsets())
        .containsOnlyKeys("documents");

    JsonNode page = steward.get("/api/datasets/handbook/versions/2/items?subset=documents").json();
    JsonNode shown = page.at("/items/0/item");
    assertThat(shown.at("/input/document/documentId").asString()).startsWith("page-");
    assertThat(shown.at("/input/document/text").asString()).contains("<EMAIL>");
    JsonNode named =
        steward.get("/api/datasets/handbook/versions/2/items?documentId=page-7.md").json();
    assertThat(named.path("total").toString()).isEqualTo("{\"value\":1,\"exact\":true}");
    assertThat(named.at("/items/0/item/input/document/title").asString()).isEqualTo("Page 7");
    TestClient.Answer row =
        steward.get("/api/datasets/handbook/versions/2/rows/" + shown.path("itemId").asString());
    assertThat(row.json().at("/uses/0/subset").asString()).isEqualTo("documents");

    isAdmittedOnlyTo("INDEX", "handbook", "DOCUMENTS", List.of("TRAIN", "EVALUATE"));
  }

  @Test
  void an_archive_of_files_becomes_documents_and_bad_files_are_named_by_their_paths()
      throws IOException {
    register("site", "DOCUMENTS", Map.of());
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("rules/returns.md", bytes("# Returns\n\nWithin 14 days."));
    files.put("terms.pdf", SamplePdf.of("Terms", List.of("Page one")));
    JsonNode ready = settled(upload("site", "application/zip", zip(files)));
    assertThat(ready.path("state").asString()).as(ready.toString()).isEqualTo("READY");
    assertThat(ready.path("format").asString()).isEqualTo("ZIP");
    JsonNode items = steward.get("/api/datasets/site/versions/1/items").json().path("items");
    assertThat(items.at("/1/item/input/document/documentId").asString()).isEqualTo("terms.pdf");
    assertThat(items.at("/1/item/input/document/title").asString()).isEqualTo("Terms");

    files.put("broken.pdf", SamplePdf.broken());
    files.put("../rules.md", bytes("# No"));
    files.put("secret.pdf", SamplePdf.encrypted("secret"));
    JsonNode failed = settled(upload("site", "application/zip", zip(files)));
    assertThat(failed.path("state").asString()).isEqualTo("FAILED");
    assertThat(failed.path("problems").valueStream().map(each -> each.path("detail").asString()))
        .satisfiesExactly(
            broken -> assertThat(broken).startsWith("File \"broken.pdf\" is broken"),
            tricked ->
                assertThat(tricked).startsWith("File \"../rules.md\" has a path that leads out"),
            secret -> assertThat(secret).startsWith("File \"secret.pdf\" is encrypted"));

    assertThat(upload("site", "application/zip", bytes("no archive")).status()).isEqualTo(422);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(archive)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue());
      }
    }
    return archive.toByteArray();
  }

  @Test
  void what_is_no_document_is_refused_by_line_and_field() {
    register("leaflets", "DOCUMENTS", Map.of());
    TestClient.Answer csv = upload("leaflets", "text/csv", "document\nhello\n");
    assertThat(csv.status()).isEqualTo(415);
    assertThat(csv.json().path("detail").asString()).contains("{\"document\":{\"documentId\":");
    TestClient.Answer twice =
        upload(
            "leaflets",
            "application/x-ndjson",
            """
            {"document":{"documentId":"a","text":"one"}}
            {"document":{"documentId":"a","text":"two"}}
            """);
    assertThat(twice.status()).as(twice.toString()).isEqualTo(422);
    assertThat(twice.json().at("/errors/0/pointer").asString())
        .isEqualTo("/rows/2/document.documentId");
    assertThat(twice.json().at("/errors/0/detail").asString()).contains("on line 1");
  }

  @Test
  void questions_are_asked_with_the_subsets_that_they_were_given() {
    register("questions", "QUESTION_ANSWER", Map.of());
    String lines =
        IntStream.range(0, 30)
            .mapToObj(i ->
                """
                {"question":"What does rule %1$d of chapter %2$d say?","expected":{"answers":\
                ["Nothing of %2$d"],"passages":[{"documentId":"page-%1$d.md"}]},"subset":"%3$s"}\
                """
                    .formatted(i, i * 7919, i < 10 ? "validation" : "test"))
            .collect(Collectors.joining("\n"));
    settled(upload("questions", "application/x-ndjson", lines));
    JsonNode split =
        settled(steward.post("/api/datasets/questions/versions/1/splits", Map.of("given", true)));
    assertThat(split.at("/subsets/validation/rows").asInt()).as(split.toString()).isEqualTo(10);
    assertThat(split.at("/subsets/test/rows").asInt()).isEqualTo(20);
    JsonNode item =
        steward.get("/api/datasets/questions/versions/1/items?limit=1").json().at("/items/0/item");
    assertThat(item.at("/expected/passages/0/documentId").asString()).isEqualTo("page-0.md");
    assertThat(item.at("/metadata/subset").asString()).isEqualTo("validation");
  }

  @Test
  void questions_are_held_against_the_documents_that_the_upload_names() {
    register("guides", "DOCUMENTS", Map.of());
    settled(
        upload(
            "guides",
            "application/x-ndjson",
            """
            {"document":{"documentId":"returns.md","text":"Within 14 days."}}
            {"document":{"documentId":"fees.md","text":"None."}}
            """));
    register("guide-tests", "QUESTION_ANSWER", Map.of());
    String right =
        """
        {"question":"What does it cost?","expected":{"answers":["Nothing"],"passages":[{"documentId":"fees.md"}]}}
        {"question":"Who is the owner?","expected":{"answers":[]}}
        """;
    String wrong =
        """
        {"question":"How long?","expected":{"passages":[{"documentId":"retruns.md"},{"documentId":"fees.md"}]}}
        """;
    JsonNode refused =
        settled(upload("guide-tests", "guides/1", "application/x-ndjson", right + wrong));
    assertThat(refused.path("problems").valueStream().map(each -> each.path("detail").asString()))
        .containsExactly(
            "Row 3 (line 3) names \"retruns.md\", but no document has such an id. Write"
                + " ids as the documents have them, or upload without naming the documents.");
    assertThat(
            settled(upload("guide-tests", "guides/1", "application/x-ndjson", right))
                .path("state")
                .asString())
        .isEqualTo("READY");
    assertThat(
            settled(upload("guide-tests", "application/x-ndjson", right + wrong))
                .path("state")
                .asString())
        .isEqualTo("READY");

    for (String named : List.of("guides/2", "guide-tests/2", "guides", "guides/0")) {
      TestClient.Answer unknown = upload("guide-tests", named, "application/x-ndjson", right);
      assertThat(unknown.status()).as(named).isEqualTo(400);
      assertThat(unknown.json().at("/errors/0/pointer").asString()).isEqualTo("documents");
    }
    assertThat(
            upload("guides", "guides/1", "application/x-ndjson", right)
                .json()
                .at("/errors/0/detail")
                .asString())
        .isEqualTo("is for datasets of questions; omit it");
  }

  /** The pages and questions of docs/document-assistant.md have the properties that it states. */
  @Test
  void the_pages_of_the_guide_have_one_address_and_its_questions_keep_their_subsets()
      throws IOException {
    Path docs = Path.of("../../docs");
    Map<String, byte[]> pages = new TreeMap<>();
    try (Stream<Path> files = Files.list(docs.resolve("document-assistant"))) {
      for (Path file : files.toList()) {
        pages.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    String lines = Files.readString(docs.resolve("document-assistant.jsonl"));
    quotesThePages(lines, pages);

    register("guide-pages", "DOCUMENTS", Map.of());
    JsonNode first = settled(upload("guide-pages", "application/zip", zip(pages)));
    assertThat(first.path("state").asString()).as(first.toString()).isEqualTo("READY");
    assertThat(first.at("/report/rows").asInt()).isEqualTo(8);
    assertThat(first.at("/report/privacy/findings"))
        .as(first.toString())
        .isEqualTo(JsonNodeFactory.instance.objectNode().put("EMAIL", 1));
    JsonNode masked =
        settled(
            steward.post("/api/datasets/guide-pages/versions/1/mask", Map.of("numbered", false)));
    assertThat(masked.at("/report/privacy/affectedRows").asInt()).isZero();
    assertThat(onlySplit("guide-pages", 2).at("/subsets/documents/rows").asInt()).isEqualTo(8);

    register("guide-questions", "QUESTION_ANSWER", Map.of());
    JsonNode questions =
        settled(upload("guide-questions", "guide-pages/2", "application/x-ndjson", lines));
    assertThat(questions.at("/report/duplicates/near").asInt()).as(questions.toString()).isZero();
    assertThat(questions.at("/report/privacy/affectedRows").asInt())
        .as(questions.toString())
        .isZero();
    JsonNode split =
        settled(
            steward.post(
                "/api/datasets/guide-questions/versions/1/splits",
                Map.of("seed", 7, "given", true)));
    assertThat(split.path("leakage").asInt()).as(split.toString()).isZero();
    assertThat(split.at("/subsets/validation/rows").asInt()).isEqualTo(40);
    assertThat(split.at("/subsets/test/rows").asInt()).isEqualTo(70);
  }

  /** Checks that every quote is in the page that its question names, below the named heading. */
  private static void quotesThePages(String lines, Map<String, byte[]> pages) {
    lines
        .lines()
        .map(JsonMapper.shared()::readTree)
        .flatMap(line -> line.at("/expected/passages").valueStream())
        .forEach(passage -> {
          String id = passage.path("documentId").asString();
          assertThat(pages).containsKey(id);
          String page = new String(pages.get(id), StandardCharsets.UTF_8);
          String heading = "# " + passage.path("section").asString() + "\n";
          assertThat(page).contains(heading);
          String below = page.substring(page.indexOf(heading) + heading.length());
          assertThat(below.split("\n#", 2)[0])
              .as(passage.toString())
              .contains(passage.path("text").asString());
        });
  }

  /**
   * Published sets of intents have 150 intents, rows without an intent, and official subsets, like
   * this one.
   */
  @Test
  void official_subsets_of_labelled_texts_stay_as_they_are() {
    register(
        "intents", "CLASSIFICATION", Map.of("textColumn", "utterance", "labelColumn", "intent"));
    StringBuilder csv = new StringBuilder("utterance,intent,subset\n");
    for (int intent = 0; intent < 150; intent++) {
      for (String subset : List.of("train", "train", "validation", "test")) {
        csv.append(utterance(csv.length())).append(",intent-").append(intent);
        csv.append(',').append(subset).append('\n');
      }
    }
    String repeated = utterance(csv.length());
    for (String subset : List.of("train", "test", "test")) {
      csv.append(repeated).append(",out-of-scope,").append(subset).append('\n');
    }
    JsonNode version = settled(upload("intents", "text/csv", csv.toString()));
    assertThat(version.at("/report/labels/rows").size()).as(version.toString()).isEqualTo(151);

    JsonNode split =
        settled(
            steward.post(
                "/api/datasets/intents/versions/1/splits",
                Map.of("given", true, "dropDuplicates", true)));
    assertThat(
            Map.of(
                "train", split.at("/subsets/train/rows").asInt(),
                "validation", split.at("/subsets/validation/rows").asInt(),
                "test", split.at("/subsets/test/rows").asInt()))
        .as(split.toString())
        .isEqualTo(Map.of("train", 300, "validation", 150, "test", 152));
    assertThat(split.at("/dropped/duplicates").asInt()).isEqualTo(1);
    assertThat(split.path("leakage").asInt()).isZero();
  }

  @Test
  void a_split_by_given_subsets_names_the_rows_that_have_none() {
    register("partly", "CLASSIFICATION", Map.of("textColumn", "text", "labelColumn", "label"));
    settled(
        upload(
            "partly",
            "text/csv",
            """
            text,label,subset
            one thing,a,train
            another thing,a,
            a third thing,b,test
            """));
    assertThat(
            settled(steward.post("/api/datasets/partly/versions/1/splits", Map.of("given", true)))
                .path("error")
                .asString())
        .startsWith("Row 2 has no subset");
    TestClient.Answer misnamed = upload("partly", "text/csv", "text,label,subset\na,b,dev\n");
    assertThat(misnamed.status()).isEqualTo(422);
    assertThat(misnamed.json().at("/errors/0/pointer").asString()).isEqualTo("/rows/1/subset");
  }

  /** Returns an utterance whose words no other number gives. */
  private static String utterance(int number) {
    return "ask " + number * 7919L + " about " + number * 104_729L + " and " + number;
  }

  private JsonNode onlySplit(String dataset, int version) {
    String path = "/api/datasets/%s/versions/%d/splits".formatted(dataset, version);
    JsonNode splits =
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> steward.get(path).json().path("items"),
                items -> items.at("/0/state").asString().equals("READY"));
    assertThat(splits.size()).isEqualTo(1);
    return splits.get(0);
  }

  private void register(String name, String kind, Map<String, Object> columns) {
    Map<String, Object> command =
        new HashMap<>(
            Map.of("name", name, "kind", kind, "licence", "CC0-1.0", "legalBasis", "consent"));
    command.putAll(columns);
    TestClient.Answer registered = steward.post("/api/datasets", command);
    assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
  }

  private TestClient.Answer upload(String dataset, String type, Object body) {
    return steward
        .header("Content-Type", type)
        .post("/api/datasets/" + dataset + "/versions", body);
  }

  private TestClient.Answer upload(String dataset, String documents, String type, Object body) {
    return steward
        .header("Content-Type", type)
        .post("/api/datasets/%s/versions?documents=%s".formatted(dataset, documents), body);
  }
}
