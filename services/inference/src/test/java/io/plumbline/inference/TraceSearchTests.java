package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.Workspaces;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Searches the kept contents of traces. */
class TraceSearchTests extends InferenceTest {

  @Autowired TestClient client;

  private final String provider = "s" + UUID.randomUUID().toString().substring(0, 8);
  private final String calls = "/api/traces?model=" + provider + "/m";
  private TestClient.TestCaller vera;
  private TestClient.TestCaller cleo;

  @BeforeEach
  void connect() {
    vera = client.as("vera", Role.PROMPT_ENGINEER);
    cleo = client.as("cleo", Role.COMPLIANCE_OFFICER);
    connect(client, provider, NEIGHBOURS.url() + "/v1", "m");
  }

  @Test
  void a_text_of_a_question_or_an_answer_finds_its_calls_in_upper_or_lower_case() {
    String asked = ask(vera, "Where is my blue Parcel?", false);
    String answered = ask(vera, "And now?", true);

    assertThat(found("BLUE parcel")).containsExactly(asked);
    assertThat(found("oneTWO")).containsExactly(answered);
    assertThat(found("and")).containsExactly(answered);
    assertThat(found("blue now")).isEmpty();
    assertThat(found("user")).as("a role is not a text").isEmpty();
    assertThat(cleo.get(calls + "&status=ERROR&text=parcel").json().path("items").size()).isZero();
    assertThat(cleo.get(calls + "&to=2020-01-01T00:00:00Z&text=parcel").json().path("items"))
        .isEmpty();
    assertThat(counted("parcel")).isEqualTo(1);
    assertThat(counted("And")).isEqualTo(1);
    JsonNode page = cleo.get(calls + "&text=parcel").json();
    assertThat(page.path("searchedFrom").isNull()).isTrue();
    assertThat(page.path("total").toString()).isEqualTo("{\"value\":1,\"exact\":true}");
    assertThat(
            client
                .as("gus", Workspaces.GLOBEX, Role.COMPLIANCE_OFFICER)
                .get(calls + "&text=parcel")
                .json()
                .path("items"))
        .isEmpty();
  }

  @Test
  void a_text_has_no_wildcards_and_may_have_any_characters() {
    String percent = ask(vera, "Is it 100%_sure?", false);
    String quoted = ask(vera, "He said \"go\\home\"\nand went", false);

    assertThat(found("100%_")).containsExactly(percent);
    assertThat(found("1%sure")).isEmpty();
    assertThat(found("100__sure")).isEmpty();
    assertThat(found("%%%")).isEmpty();
    assertThat(found("\"go\\home\"\nand")).containsExactly(quoted);
    assertThat(found("\\\"go")).as("the escapes of JSON are not in the text").isEmpty();
  }

  @Test
  void only_those_who_may_read_contents_may_search_them() {
    String asked = ask(vera, "Where is my parcel?", false);

    for (Role reader : List.of(Role.COMPLIANCE_OFFICER, Role.DATA_STEWARD, Role.ML_ENGINEER)) {
      assertThat(found(client.as("rita", reader), "parcel"))
          .as(reader.name())
          .containsExactly(asked);
    }
    for (Role other : List.of(Role.VIEWER, Role.PROMPT_ENGINEER, Role.SRE, Role.APPROVER)) {
      for (String path : List.of("/api/traces", "/api/traces/histogram")) {
        Answer refused = client.as("olga", other).get(path + "?text=parcel");
        assertThat(refused.status()).as(other + path).isEqualTo(403);
        assertThat(refused.body())
            .contains("one of the roles data-steward, ml-engineer, compliance-officer");
      }
    }
  }

  @Test
  void a_text_has_3_to_200_characters() {
    for (String path : List.of("/api/traces", "/api/traces/histogram")) {
      for (int length : List.of(2, 201)) {
        Answer refused = cleo.get(path + "?text=" + "x".repeat(length));
        assertThat(refused.status()).as("%d characters", length).isEqualTo(400);
        assertThat(refused.body()).contains("\"pointer\":\"text\"");
      }
      assertThat(cleo.get(path + "?text=" + "x".repeat(200)).status()).isEqualTo(200);
    }
  }

  @Test
  void values_behind_placeholders_are_found_under_no_policy() {
    String mail = "Write to jane.doe@example.com about the parcel";
    UUID workspace = UUID.randomUUID();
    TestClient.TestCaller officer =
        client.as("cleo", workspace, Role.COMPLIANCE_OFFICER, Role.PROMPT_ENGINEER);
    Map<String, Object> command =
        Map.of(
            "name",
            provider,
            "kind",
            "openai-compatible",
            "baseUrl",
            NEIGHBOURS.url() + "/v1",
            "apiKey",
            "sesame",
            "models",
            List.of("m"));
    assertThat(client.as("root", workspace, Role.ADMIN).post("/api/providers", command).status())
        .isEqualTo(201);
    for (String policy : List.of("MASKED", "FULL", "NONE")) {
      officer.put("/api/trace-policy", Map.of("contents", policy, "retentionDays", 7));
      String asked = ask(officer, mail, false);

      assertThat(trace(officer, asked).path("contents").asString()).isEqualTo(policy);
      assertThat(found(officer, "jane.doe")).as(policy).isEmpty();
      if (policy.equals("NONE")) {
        assertThat(found(officer, "about the parcel")).hasSize(2).doesNotContain(asked);
      } else {
        assertThat(found(officer, "about the parcel")).first().isEqualTo(asked);
      }
    }
  }

  @Test
  void what_an_evaluation_run_sends_and_is_answered_stays_sealed() {
    trace(cleo, send(client.asService("evaluation", Workspaces.ACME), "a sealed item", true));
    String asked = ask(vera, "an open item", false);

    assertThat(found(" item")).containsExactly(asked);
    assertThat(found("onetwo")).isEmpty();
  }

  @Test
  void a_search_looks_at_the_newest_10000_calls_and_says_so() {
    String asked = ask(vera, "Where is my parcel?", false);
    EmbeddedServers.executeAsSuperuser(
        "inference",
        """
        INSERT INTO trace SELECT copy.* FROM trace, generate_series(1, 10000) AS number,
          jsonb_populate_record(trace, jsonb_build_object('status', 'ERROR',
            'request_id', 'ffffffff-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))) AS copy
        WHERE trace.trace_id = '%s'
        """
            .formatted(asked));

    JsonNode page = cleo.get(calls + "&text=parcel").json();
    assertThat(page.path("items")).isEmpty();
    assertThat(page.path("total").toString()).isEqualTo("{\"value\":0,\"exact\":false}");
    Instant searchedFrom = Instant.parse(page.path("searchedFrom").asString());
    assertThat(searchedFrom).isEqualTo(trace(cleo, asked).path("startedAt").asString());
    assertThat(
            cleo.get(calls.replace("?", "/histogram?") + "&text=parcel")
                .json()
                .path("from")
                .asString())
        .isEqualTo(searchedFrom.toString());
    JsonNode narrowed = cleo.get(calls + "&text=parcel&status=OK").json();
    assertThat(narrowed.at("/items/0/traceId").asString()).isEqualTo(asked);
    assertThat(narrowed.path("searchedFrom").isNull()).isTrue();
  }

  @Test
  void a_search_that_takes_too_long_ends_with_a_problem() throws SQLException {
    ask(vera, "Where is my parcel?", false);
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE trace_content IN ACCESS EXCLUSIVE MODE");

      Answer ended = cleo.get(calls + "&text=parcel");

      assertThat(ended.status()).isEqualTo(422);
      assertThat(ended.body()).contains("search-too-slow", "Choose a shorter period");
      connection.rollback();
    }
    assertThat(cleo.get(calls + "&text=parcel").status()).isEqualTo(200);
  }

  private List<String> found(String text) {
    return found(cleo, text);
  }

  /** Returns the ids of the traces whose contents have a text, the newest first. */
  private List<String> found(TestClient.TestCaller reader, String text) {
    Answer answer = reader.get(calls + "&text=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer
        .json()
        .path("items")
        .valueStream()
        .map(each -> each.path("traceId").asString())
        .toList();
  }

  private long counted(String text) {
    return cleo.get(calls.replace("?", "/histogram?") + "&text=" + text)
        .json()
        .path("buckets")
        .valueStream()
        .mapToLong(bucket -> bucket.path("calls").asLong())
        .sum();
  }

  /** Makes a call, and returns the id of its trace once it is stored. */
  private String ask(TestClient.TestCaller who, String text, boolean stream) {
    String traceId = send(who, text, stream);
    trace(who, traceId);
    return traceId;
  }

  private String send(TestClient.TestCaller who, String text, boolean stream) {
    Answer answer =
        who.post(
            "/v1/chat/completions",
            Map.of(
                "model",
                provider + "/m",
                "stream",
                stream,
                "messages",
                List.of(Map.of("role", "user", "content", text))));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.header("x-plumbline-trace");
  }

  private static JsonNode trace(TestClient.TestCaller reader, String traceId) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> reader.get("/api/traces/" + traceId), answer -> answer.status() == 200)
        .json()
        .path("trace");
  }
}
