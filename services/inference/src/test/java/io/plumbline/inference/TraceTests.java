package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.InferenceEvent.TraceContentRead;
import io.plumbline.contracts.InferenceEvent.TracePolicyChanged;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Goes from an answer to its trace, and tests what each role sees of it. */
class TraceTests extends InferenceTest {

  private static final String MAIL = "Write to jane.doe@example.com about card 4111 1111 1111 1111";

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final String provider = "t" + UUID.randomUUID().toString().substring(0, 8);
  private TestClient.TestCaller vera;
  private TestClient.TestCaller cleo;

  @BeforeEach
  void connect() {
    vera = client.as("vera", Role.PROMPT_ENGINEER);
    cleo = client.as("cleo", Role.COMPLIANCE_OFFICER);
    connect(client, provider, NEIGHBOURS.url() + "/v1", "m");
  }

  @Test
  void an_answer_leads_to_its_trace_by_trace_response_and_request() {
    Answer answer = complete(MAIL, false);
    String traceId = answer.header("x-plumbline-trace");
    assertThat(answer.header("x-request-id")).isEqualTo(traceId);

    JsonNode detail = trace(traceId);

    JsonNode trace = detail.path("trace");
    String response = answer.json().path("id").asString();
    assertThat(trace.path("responseId").asString()).isEqualTo(response);
    assertThat(trace.path("traceId").asString()).isEqualTo(traceId);
    assertThat(trace.path("status").asString()).isEqualTo("OK");
    assertThat(trace.path("operation").asString()).isEqualTo("CHAT");
    assertThat(trace.path("model").asString()).isEqualTo(provider + "/m");
    assertThat(trace.path("finishReason").asString()).isEqualTo("stop");
    assertThat(trace.path("inputTokens").asLong() + trace.path("outputTokens").asLong())
        .isEqualTo(answer.json().path("usage").path("total_tokens").asLong());
    assertThat(trace.path("durationMillis").asDouble()).isPositive();
    assertThat(trace.path("firstTokenMillis").isNull()).isTrue();
    assertThat(detail.path("steps").valueStream().map(step -> step.path("kind").asString()))
        .containsExactly("RESOLVE", "CALL");
    assertThat(trace(response)).isEqualTo(detail);
    assertThat(trace(trace.path("requestId").asString())).isEqualTo(detail);
    assertThat(
            client.as("gus", Workspaces.GLOBEX, Role.ADMIN).get("/api/traces/" + traceId).status())
        .isEqualTo(404);
    assertThat(vera.get("/api/traces/none").status()).isEqualTo(404);
  }

  @Test
  void a_stream_has_a_time_to_its_first_token_and_an_error_has_a_code() {
    String streamed = complete("hello", true).header("x-request-id");
    String broken = complete("fail late", true).header("x-plumbline-trace");

    assertThat(trace(streamed).at("/trace/firstTokenMillis").asDouble()).isPositive();
    assertThat(trace(streamed).at("/trace/streamed").asBoolean()).isTrue();
    assertThat(trace(broken).at("/trace/status").asString()).isEqualTo("ERROR");
    assertThat(trace(broken).at("/trace/error").asString()).isEqualTo("provider_failed");
  }

  @Test
  void a_list_shows_what_its_filters_say_and_continues_where_a_page_ended() {
    TestClient.TestCaller olga = client.as("olga-" + provider, Role.PROMPT_ENGINEER);
    for (String text : List.of("one", "two", "fail late")) {
      complete(olga, text, true);
    }
    String last = complete(olga, "three", false).header("x-plumbline-trace");
    String caller = trace(last).at("/trace/caller").asString();
    String mine = "/api/traces?caller=" + caller;
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> olga.get(mine).json().at("/total/value").asLong() == 4);

    JsonNode first = olga.get(mine + "&limit=3").json();
    JsonNode second =
        olga.get(mine + "&limit=3&pageToken=" + first.path("nextPageToken").asString()).json();

    assertThat(first.at("/items/0/traceId").asString()).isEqualTo(last);
    assertThat(first.path("items").size()).isEqualTo(3);
    assertThat(second.path("items").size()).isEqualTo(1);
    assertThat(second.path("nextPageToken").isNull()).isTrue();
    assertThat(total(mine + "&status=ERROR")).isEqualTo(1);
    assertThat(total(mine + "&traceId=" + last)).isEqualTo(1);
    assertThat(total(mine + "&application=none")).isZero();
    assertThat(total(mine + "&variant=" + "0".repeat(64))).isZero();
    assertThat(total(mine + "&to=2020-01-01T00:00:00Z")).isZero();
    assertThat(total(mine + "&to=-999999999-01-01T00:00:00Z")).isZero();
    assertThat(total(mine + "&from=2020-01-01T00:00:00Z&to=%2B999999999-01-01T00:00:00Z"))
        .isEqualTo(4);
    assertThat(vera.get(mine + "&status=BROKEN").status()).isEqualTo(400);
  }

  @Test
  void traces_are_listed_and_counted_by_who_called() {
    String model = provider + "/m";
    Answer created =
        client
            .as("sam", Role.SRE)
            .post("/api/api-keys", Map.of("name", provider, "models", List.of(model)));
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    complete(client.withToken(created.json().path("key").asString()), "of a key", false);
    complete(client.asService("evaluation", Workspaces.ACME), "of a run", false);
    complete("of a person", false);
    complete("fail late", true);
    String filter = "?model=" + model;
    await().atMost(Duration.ofSeconds(60)).until(() -> total("/api/traces" + filter) == 4);

    assertThat(total("/api/traces" + filter + "&origin=PRODUCTION")).isEqualTo(1);
    assertThat(total("/api/traces" + filter + "&origin=EVALUATION")).isEqualTo(1);
    assertThat(total("/api/traces" + filter + "&origin=PLAYGROUND")).isEqualTo(2);
    assertThat(total("/api/traces" + filter + "&minMillis=0")).isEqualTo(4);
    assertThat(total("/api/traces" + filter + "&minMillis=86400000")).isZero();
    assertThat(counted(vera, filter)).isEqualTo("4 calls, 1 errors");
    assertThat(counted(vera, filter + "&origin=PLAYGROUND")).isEqualTo("2 calls, 1 errors");
    assertThat(
            counted(vera, filter + "&status=OK&from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z"))
        .isEqualTo("0 calls, 0 errors");
    assertThat(counted(client.as("gus", Workspaces.GLOBEX, Role.ADMIN), filter))
        .isEqualTo("0 calls, 0 errors");
  }

  @Test
  void a_call_of_a_sealed_run_is_in_no_list_and_no_count_and_has_no_trace() {
    TestClient.TestCaller run =
        client.asService("evaluation", Workspaces.ACME).header("x-plumbline-sealed", "true");
    String sealed = complete(run, "a sealed item", false).header("x-plumbline-trace");
    String person =
        complete(
                client.as("mara", Role.ML_ENGINEER).header("x-plumbline-sealed", "true"),
                "mine",
                false)
            .header("x-plumbline-trace");
    String filter = "?model=" + provider + "/m";

    await().atMost(Duration.ofSeconds(60)).until(() -> total("/api/traces" + filter) == 1);
    awaitStored(2);

    assertThat(total("/api/traces" + filter)).isEqualTo(1);
    assertThat(trace(person).at("/trace/model").asString()).isEqualTo(provider + "/m");
    TestClient.TestCaller vera = client.as("vera", Role.VIEWER);
    assertThat(vera.get("/api/traces/" + sealed).status()).isEqualTo(404);
    assertThat(vera.get("/api/traces/" + sealed + "/receipt").status()).isEqualTo(404);
    assertThat(
            vera.get("/api/traces/histogram" + filter)
                .json()
                .path("buckets")
                .valueStream()
                .mapToLong(bucket -> bucket.path("calls").asLong())
                .sum())
        .isEqualTo(1);
  }

  /**
   * Waits until so many traces of this test's provider are stored, whether they are shown or not.
   */
  private void awaitStored(int expected) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
              Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      "SELECT count(*) FROM trace WHERE model = '%s/m'".formatted(provider))) {
            row.next();
            return row.getInt(1) == expected;
          }
        });
  }

  @Test
  void traces_are_listed_and_counted_by_whether_somebody_judged_their_answer() {
    String judged = complete("judged", false).json().path("id").asString();
    String waiting = complete("waiting", false).json().path("id").asString();
    String filter = "?model=" + provider + "/m";
    await().atMost(Duration.ofSeconds(60)).until(() -> total("/api/traces" + filter) == 2);

    assertThat(responses(filter + "&feedback=NONE")).containsExactly(waiting, judged);
    assertThat(responses(filter + "&feedback=GIVEN")).isEmpty();
    assertThat(
            vera.post(
                    "/api/feedback",
                    Map.of("responseId", judged, "correct", false, "metric", "tone"))
                .status())
        .isEqualTo(200);

    assertThat(responses(filter + "&feedback=NONE")).containsExactly(waiting);
    assertThat(total("/api/traces" + filter + "&feedback=NONE")).isEqualTo(1);
    assertThat(responses(filter + "&feedback=GIVEN")).containsExactly(judged);
    assertThat(counted(vera, filter + "&feedback=NONE")).isEqualTo("1 calls, 0 errors");
    assertThat(counted(vera, filter + "&feedback=GIVEN")).isEqualTo("1 calls, 0 errors");
    assertThat(vera.get("/api/traces?feedback=SOME").status()).isEqualTo(400);
  }

  @Test
  void a_call_without_an_answer_waits_for_no_judgement() {
    UUID workspace = UUID.randomUUID();
    TestClient.TestCaller officer =
        client.as("cleo", workspace, Role.COMPLIANCE_OFFICER, Role.PROMPT_ENGINEER);
    try (ScriptedApi api =
        new ScriptedApi(
            _ -> new ScriptedApi.Reply(500, "{\"error\":{\"message\":\"no capacity\"}}"))) {
      Map<String, String> command =
          Map.of("name", provider, "kind", "openai-compatible", "baseUrl", api.url());
      assertThat(client.as("root", workspace, Role.ADMIN).post("/api/providers", command).status())
          .isEqualTo(201);

      trace(officer, failed(officer, "chat"));
      trace(officer, failed(officer, "embeddings"));

      JsonNode waiting = officer.get("/api/traces?feedback=NONE").json();
      assertThat(waiting.path("items").isEmpty()).as(waiting.toString()).isTrue();
    }
  }

  /** Returns the ids of the answers in a list of traces. */
  private List<String> responses(String filter) {
    return vera.get("/api/traces" + filter)
        .json()
        .path("items")
        .valueStream()
        .map(trace -> trace.path("responseId").asString())
        .toList();
  }

  private static String counted(TestClient.TestCaller who, String filter) {
    JsonNode buckets = who.get("/api/traces/histogram" + filter).json().path("buckets");
    return "%d calls, %d errors"
        .formatted(
            buckets.valueStream().mapToLong(bucket -> bucket.path("calls").asLong()).sum(),
            buckets.valueStream().mapToLong(bucket -> bucket.path("errors").asLong()).sum());
  }

  @Test
  void a_histogram_has_at_most_60_buckets_of_at_most_31_days() {
    String from = "/api/traces/histogram?from=2026-01-01T00:00:00Z&to=";
    for (Map.Entry<String, String> each :
        Map.of(
                "2026-01-01T00:00:01Z", "1 of 60",
                "2026-01-01T01:00:00Z", "60 of 60",
                "2026-01-01T01:00:01Z", "13 of 300",
                "2026-01-08T00:00:00Z", "56 of 10800",
                "2026-02-01T00:00:00Z", "31 of 86400")
            .entrySet()) {
      JsonNode histogram = vera.get(from + each.getKey()).json();
      assertThat(
              "%d of %d"
                  .formatted(
                      histogram.path("buckets").size(), histogram.path("bucketSeconds").asLong()))
          .as(each.getKey())
          .isEqualTo(each.getValue());
    }
    assertThat(vera.get(from + "2026-02-01T00:00:01Z").body()).contains("is more than 31 days");
    assertThat(vera.get(from + "2026-01-01T00:00:00Z").body()).contains("must be before to");
  }

  @Test
  void a_list_has_masked_excerpts_for_callers_who_may_read_contents() {
    String asked = MAIL + "\nand say " + "please ".repeat(40);
    trace(complete(asked, false).header("x-plumbline-trace"));
    String mine = "/api/traces?model=" + provider + "/m";

    for (Role reader : List.of(Role.COMPLIANCE_OFFICER, Role.DATA_STEWARD, Role.ML_ENGINEER)) {
      JsonNode listed = client.as("rita", reader).get(mine).json().at("/items/0");
      assertThat(listed.path("question").asString())
          .as(reader.name())
          .startsWith("Write to <EMAIL> about card <PAYMENT_CARD> and say please")
          .endsWith("…")
          .hasSizeLessThanOrEqualTo(201);
      assertThat(listed.path("answer").asString()).as(reader.name()).isNotEmpty();
    }
    for (Role other : List.of(Role.VIEWER, Role.PROMPT_ENGINEER, Role.SRE)) {
      JsonNode listed = client.as("olga", other).get(mine).json().at("/items/0");
      assertThat(listed.path("model").asString()).isEqualTo(provider + "/m");
      assertThat(listed.path("question").isNull()).as(other.name()).isTrue();
      assertThat(listed.path("answer").isNull()).as(other.name()).isTrue();
    }
  }

  @Test
  void the_national_numbers_of_the_workspaces_regions_are_masked() {
    String asked = "Call 030 901820, 0171 1234567 or 020 7946 0958, not 0612 345 or (212) 555-0147";
    String traceId = complete(asked, false).header("x-plumbline-trace");
    trace(traceId);

    assertThat(
            cleo.get("/api/traces/" + traceId + "/content")
                .json()
                .at("/input/messages/0/content")
                .asString())
        .isEqualTo("Call <PHONE>, <PHONE> or <PHONE>, not 0612 345 or (212) 555-0147");
  }

  @Test
  void contents_are_masked_before_they_are_kept_and_each_read_is_recorded() {
    String traceId = complete(MAIL, false).header("x-plumbline-trace");
    assertThat(trace(traceId).at("/trace/contents").asString()).isEqualTo("MASKED");

    Answer content = cleo.get("/api/traces/" + traceId + "/content");

    assertThat(content.json().at("/input/messages/0/content").asString())
        .isEqualTo("Write to <EMAIL> about card <PAYMENT_CARD>");
    assertThat(content.json().at("/output/0/role").asString()).isEqualTo("assistant");
    assertThat(content.json().path("truncated").asBoolean()).isFalse();
    TraceContentRead read =
        events.awaitPublished(TraceContentRead.class, event -> event.traceId().equals(traceId));
    assertThat(read.contents()).isEqualTo("MASKED");
    assertThat(vera.get("/api/traces/" + traceId + "/content").status()).isEqualTo(403);
    assertThat(
            client
                .as("gus", Workspaces.GLOBEX, Role.COMPLIANCE_OFFICER)
                .get("/api/traces/" + traceId + "/content")
                .status())
        .isEqualTo(404);
  }

  @Test
  void what_a_stream_answered_is_put_together() {
    String traceId = complete("hello", true).header("x-plumbline-trace");
    trace(traceId);

    assertThat(
            cleo.get("/api/traces/" + traceId + "/content")
                .json()
                .at("/output/0/content")
                .asString())
        .isEqualTo("onetwo");
  }

  @Test
  void what_a_service_asks_and_is_answered_is_not_kept_here() {
    String traceId =
        complete(client.asService("evaluation", Workspaces.ACME), MAIL, true)
            .header("x-plumbline-trace");

    assertThat(trace(traceId).at("/trace/contents").asString()).isEqualTo("NONE");
  }

  @Test
  void a_policy_decides_what_is_kept_and_for_how_long() {
    UUID workspace = UUID.randomUUID();
    TestClient.TestCaller officer =
        client.as("cleo", workspace, Role.COMPLIANCE_OFFICER, Role.PROMPT_ENGINEER);
    assertThat(officer.get("/api/trace-policy").json().path("contents").asString())
        .isEqualTo("MASKED");

    Answer changed = change(officer, "FULL", 7);

    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(
            events.awaitPublished(
                TracePolicyChanged.class,
                event -> event.contents().equals("FULL") && event.retentionDays() == 7))
        .extracting(TracePolicyChanged::formerContents, TracePolicyChanged::formerRetentionDays)
        .containsExactly("MASKED", 30);
    assertThat(change(officer.expectingNoEvent(), "FULL", 7).status()).isEqualTo(200);
    for (int days : List.of(0, 366)) {
      assertThat(change(officer, "FULL", days).status()).as("%d days", days).isEqualTo(400);
    }
    assertThat(change(client.as("ada", workspace, Role.ML_ENGINEER, Role.SRE), "FULL", 7).status())
        .isEqualTo(403);

    String full = embedded(officer);
    change(officer, "NONE", 7);
    String none = embedded(officer);

    assertThat(trace(officer, full).at("/trace/contents").asString()).isEqualTo("FULL");
    assertThat(
            officer
                .get("/api/traces/" + full + "/content")
                .json()
                .at("/input/messages/0/content")
                .asString())
        .isEqualTo(MAIL);
    assertThat(trace(officer, none).at("/trace/contents").asString()).isEqualTo("NONE");
    assertThat(officer.get("/api/traces/" + none + "/content").status()).isEqualTo(404);
  }

  @Test
  void contents_are_deleted_by_the_policy_of_their_workspace_and_no_others() throws Exception {
    UUID strict = UUID.randomUUID();
    UUID patient = UUID.randomUUID();
    UUID undecided = UUID.randomUUID();
    change(client.as("cleo", strict, Role.COMPLIANCE_OFFICER), "MASKED", 1);
    change(client.as("cleo", patient, Role.COMPLIANCE_OFFICER), "MASKED", 60);
    for (int age : List.of(0, 1, 2, 31, 61)) {
      createContentsOf(age);
      for (UUID workspace : List.of(strict, patient, undecided)) {
        EmbeddedServers.executeAsSuperuser(
            "inference",
            """
            INSERT INTO trace_content (workspace_id, day, request_id, contents, input, truncated)
            VALUES ('%s', (now() AT TIME ZONE 'UTC')::date - %d, gen_random_uuid(), 'MASKED', '{}', false)
            """
                .formatted(workspace, age));
      }
    }

    EmbeddedServers.executeAsSuperuser("inference", "SELECT expire_trace_contents()");

    assertThat(kept(strict)).isEqualTo("0,1");
    assertThat(kept(undecided)).isEqualTo("0,1,2");
    assertThat(kept(patient)).isEqualTo("0,1,2,31");
  }

  /** Creates a partition that is too old for the function that the service calls. */
  private static void createContentsOf(int age) {
    EmbeddedServers.executeAsSuperuser(
        "inference",
        """
        DO $$ DECLARE wanted date := (now() AT TIME ZONE 'UTC')::date - %d; BEGIN
          EXECUTE format('CREATE TABLE IF NOT EXISTS trace_content_%%s PARTITION OF trace_content'
            ' FOR VALUES FROM (%%L) TO (%%L)', to_char(wanted, 'YYYYMMDD'), wanted, wanted + 1);
        END $$
        """
            .formatted(age));
  }

  @Test
  void what_a_provider_said_of_a_failure_is_kept_as_contents_are() throws SQLException {
    UUID workspace = UUID.randomUUID();
    TestClient.TestCaller officer =
        client.as("cleo", workspace, Role.COMPLIANCE_OFFICER, Role.PROMPT_ENGINEER);
    try (ScriptedApi api =
        new ScriptedApi(
            _ -> new ScriptedApi.Reply(500, "{\"error\":{\"message\":\"no capacity\"}}"))) {
      Map<String, String> command =
          Map.of("name", provider, "kind", "openai-compatible", "baseUrl", api.url());
      assertThat(client.as("root", workspace, Role.ADMIN).post("/api/providers", command).status())
          .isEqualTo(201);
      for (String contents : List.of("MASKED", "NONE")) {
        change(officer, contents, 7);
        List<String> failed = List.of(failed(officer, "chat"), failed(officer, "embeddings"));

        for (String request : failed) {
          JsonNode said = trace(officer, request).at("/trace/providerMessage");
          if (contents.equals("MASKED")) {
            assertThat(said.asString()).isEqualTo("no capacity");
          } else {
            assertThat(said.isNull()).isTrue();
          }
        }
        assertThat(trace(officer, failed.getLast()).at("/trace/contents").asString())
            .isEqualTo("NONE");
        assertThat(officer.get("/api/traces/" + failed.getLast() + "/content").status())
            .isEqualTo(404);
        assertThat(kept(workspace)).isEqualTo(contents.equals("MASKED") ? "0,0" : null);
        EmbeddedServers.executeAsSuperuser(
            "inference",
            "DELETE FROM trace_content WHERE workspace_id = '%s'".formatted(workspace));
        assertThat(trace(officer, failed.getFirst()).at("/trace/providerMessage").isNull())
            .isTrue();
      }
    }
  }

  /** Makes a call that the provider fails, and returns the id of its request. */
  private String failed(TestClient.TestCaller who, String operation) {
    Map<String, ?> body =
        operation.equals("chat")
            ? Map.of("messages", List.of(Map.of("role", "user", "content", MAIL)))
            : Map.of("input", MAIL);
    Map<String, Object> request = new HashMap<>(body);
    request.put("model", provider + "/m");
    Answer answer =
        who.post(operation.equals("chat") ? "/v1/chat/completions" : "/v1/embeddings", request);
    assertThat(answer.status()).as(answer.body()).isEqualTo(502);
    return answer.header("x-request-id");
  }

  /** Returns the ages, in days, of the contents that a workspace keeps. */
  private static @Nullable String kept(UUID workspace) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT string_agg(((now() AT TIME ZONE 'UTC')::date - day)::text, ',' ORDER BY day DESC)
                FROM trace_content WHERE workspace_id = '%s'
                """
                    .formatted(workspace))) {
      row.next();
      return row.getString(1);
    }
  }

  /** Makes a call in a workspace without a provider, and returns the id of its trace. */
  private static String embedded(TestClient.TestCaller who) {
    return who.post(
            "/v1/chat/completions",
            Map.of(
                "model",
                "local/choice-minilm",
                "messages",
                List.of(Map.of("role", "user", "content", MAIL)),
                "response_format",
                Map.of(
                    "type",
                    "json_schema",
                    "json_schema",
                    Map.of(
                        "name",
                        "label",
                        "schema",
                        Map.of(
                            "type",
                            "object",
                            "properties",
                            Map.of(
                                "label", Map.of("type", "string", "enum", List.of("spam", "ham"))),
                            "required",
                            List.of("label"))))))
        .header("x-plumbline-trace");
  }

  private static Answer change(TestClient.TestCaller who, String contents, int days) {
    return who.put("/api/trace-policy", Map.of("contents", contents, "retentionDays", days));
  }

  private long total(String path) {
    return vera.get(path).json().at("/total/value").asLong();
  }

  private JsonNode trace(String id) {
    return trace(vera, id);
  }

  private static JsonNode trace(TestClient.TestCaller who, String id) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> who.get("/api/traces/" + id), answer -> answer.status() == 200)
        .json();
  }

  private Answer complete(String text, boolean stream) {
    return complete(vera, text, stream);
  }

  private Answer complete(TestClient.TestCaller who, String text, boolean stream) {
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
    return answer;
  }
}
