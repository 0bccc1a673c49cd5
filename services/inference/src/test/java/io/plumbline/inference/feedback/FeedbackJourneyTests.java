package io.plumbline.inference.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.TraceContentRead;
import io.plumbline.inference.InferenceTest;
import io.plumbline.inference.release.Arm;
import io.plumbline.inference.release.ResponseIds;
import io.plumbline.platform.digest.Ids;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Follows feedback from the application that sends it to the people who read it. */
class FeedbackJourneyTests extends InferenceTest {

  private static final Digest SERVED = Digest.ofText("served");
  private static final Digest FORMER = Digest.ofText("former");

  /** A correction with a German number; DE is one of the workspace's regions. */
  private static final String CORRECTION = "Ask Jane, 030 901820";

  private static final String MASKED = "Ask Jane, <PHONE>";

  @Autowired TestClient client;
  @Autowired TestEventClient events;
  @Autowired ResponseIds ids;

  /** A workspace of its own, with a release that was a canary. */
  private final UUID workspace = UUID.randomUUID();

  private final UUID release = Ids.next();

  @Test
  void a_score_stays_the_number_that_was_sent_and_a_boolean_a_boolean() throws SQLException {
    TestClient.TestCaller vera = people("vera", Role.VIEWER);
    release();
    String scored = response("canary");
    String judged = response("active");

    assertThat(judge(vera, scored, Map.of("score", 0.7)).body())
        .isEqualTo(
            """
            {"responseId":"%s","metric":"correctness","correct":true,"score":0.7,"correctionContents":null}\
            """
                .formatted(scored));
    judge(vera, scored, Map.of("score", 0.25, "metric", "tone"));
    judge(vera, judged, Map.of("correct", false));

    assertThat(rows("metric, correct, score"))
        .containsExactlyInAnyOrder("correctness|t|0.7", "tone|f|0.25", "correctness|f|null");
    List<JsonNode> items = list(vera, "");
    assertThat(items.stream().map(each -> each.path("score").toString()))
        .containsExactly("null", "0.25", "0.7");
    for (double wrong : List.of(-0.1, 1.1)) {
      assertThat(vera.post("/v1/feedback", Map.of("responseId", scored, "score", wrong)).status())
          .isEqualTo(400);
    }
  }

  @Test
  void the_id_of_a_response_says_what_answered() throws SQLException {
    TestClient.TestCaller vera = people("vera", Role.VIEWER);
    release();

    judge(vera, response("canary"), Map.of("correct", true));
    judge(vera, response("control"), Map.of("correct", true));
    judge(vera, ids.issue(workspace, Ids.next(), null, FORMER), Map.of("correct", true));

    assertThat(rows("application, release_id, arm, variant_digest"))
        .containsExactlyInAnyOrder(
            "mail|%s|canary|%s".formatted(release, SERVED.hex()),
            "mail|%s|control|%s".formatted(release, FORMER.hex()),
            "null|null|null|%s".formatted(FORMER.hex()));
    assertThat(
            vera.post(
                    "/v1/feedback",
                    Map.of(
                        "responseId", response("canary"), "correct", true, "application", "shop"))
                .status())
        .isEqualTo(400);
  }

  @Test
  void a_correction_is_masked_in_its_row_and_read_by_those_who_may_read_contents()
      throws SQLException {
    TestClient.TestCaller vera = client.as("vera", Role.PROMPT_ENGINEER);
    TestClient.TestCaller cleo = client.as("cleo", Role.COMPLIANCE_OFFICER);
    Answer call = call(vera);
    String response = call.json().path("id").asString();
    String trace = "/api/traces/" + call.header("x-plumbline-trace");
    awaitTrace(vera, trace);

    Answer recorded = judge(vera, response, Map.of("correct", false, "correction", CORRECTION));

    assertThat(recorded.json().path("correctionContents").asString()).isEqualTo("MASKED");
    assertThat(rows(Workspaces.ACME, response, "correction, correction_contents"))
        .containsExactly(MASKED + "|MASKED");
    for (String path : List.of(trace + "/feedback", "/api/feedback?withCorrection=true")) {
      Answer read = vera.get(path);
      assertThat(read.body()).contains(response, "MASKED").doesNotContain("Jane", "901820");
    }
    Answer corrections = cleo.get(trace + "/corrections");
    assertThat(corrections.body()).contains(MASKED).doesNotContain("901820");
    TraceContentRead read =
        events.awaitPublished(
            TraceContentRead.class, event -> trace.endsWith(event.traceId().toString()));
    assertThat(read.contents()).isEqualTo("MASKED");
    assertThat(vera.get(trace + "/corrections").status()).isEqualTo(403);
    TestClient.TestCaller gus =
        client.as("gus", Workspaces.GLOBEX, Role.COMPLIANCE_OFFICER, Role.VIEWER);
    assertThat(gus.get(trace + "/corrections").status()).isEqualTo(404);
    assertThat(gus.get(trace + "/feedback").status()).isEqualTo(404);
    assertThat(gus.get("/api/feedback").body()).doesNotContain(response);
    assertThat(vera.get("/api/traces/none/feedback").status()).isEqualTo(404);
  }

  @Test
  void a_correction_from_before_it_was_masked_is_masked_when_it_is_read() throws SQLException {
    TestClient.TestCaller cleo = client.as("cleo", Role.COMPLIANCE_OFFICER, Role.PROMPT_ENGINEER);
    Answer call = call(cleo);
    String trace = "/api/traces/" + call.header("x-plumbline-trace");
    awaitTrace(cleo, trace);
    insert(Workspaces.ACME, call.json().path("id").asString(), 0, CORRECTION);

    assertThat(cleo.get(trace + "/corrections").json().at("/items/0/text").asString())
        .isEqualTo(MASKED);
    assertThat(cleo.get(trace + "/feedback").json().at("/items/0/correctionContents").asString())
        .isEqualTo("MASKED");
  }

  @Test
  void where_no_contents_are_kept_no_correction_is_and_the_answer_says_so() throws SQLException {
    TestClient.TestCaller cleo = people("cleo", Role.COMPLIANCE_OFFICER);
    release();
    String response = response("active");
    policy(cleo, "NONE");

    Answer none = judge(cleo, response, Map.of("correct", false, "correction", CORRECTION));

    assertThat(none.json().path("correctionContents").asString()).isEqualTo("NONE");
    assertThat(rows("correct, correction, correction_contents")).containsExactly("f|null|null");
    policy(cleo, "FULL");
    judge(cleo, response, Map.of("correct", false, "correction", CORRECTION));
    assertThat(rows("correction, correction_contents")).containsExactly(CORRECTION + "|FULL");
  }

  @Test
  void feedback_given_again_replaces_the_former() throws SQLException {
    TestClient.TestCaller vera = people("vera", Role.VIEWER);
    release();
    String response = response("active");

    judge(vera, response, Map.of("score", 0.9, "correction", "spam"));
    judge(vera, response, Map.of("correct", false));

    assertThat(rows("correct, score, correction")).containsExactly("f|null|null");
    assertThat(figures(vera)).containsExactly("correctness active 1 0 0.0000 0 null 0");
  }

  @Test
  void a_list_shows_what_its_filters_say_and_continues_where_a_page_ended() {
    TestClient.TestCaller vera = people("vera", Role.VIEWER);
    release();
    judge(vera, response("canary"), Map.of("correct", true));
    judge(vera, response("control"), Map.of("correct", false, "correction", "ham"));
    judge(vera, response("canary"), Map.of("score", 0.1, "metric", "tone"));
    String bare = ids.issue(workspace, Ids.next(), null, null);
    judge(vera, bare, Map.of("correct", true));

    JsonNode first = vera.get("/api/feedback?limit=3").json();
    JsonNode second =
        vera.get("/api/feedback?limit=3&pageToken=" + first.path("nextPageToken").asString())
            .json();

    assertThat(first.path("items").size()).isEqualTo(3);
    assertThat(first.at("/items/0/responseId").asString()).isEqualTo(bare);
    assertThat(first.at("/total/value").asLong()).isEqualTo(4);
    assertThat(second.path("items").size()).isEqualTo(1);
    assertThat(second.path("nextPageToken").isNull()).isTrue();
    assertThat(list(vera, "?application=mail")).hasSize(3);
    assertThat(list(vera, "?releaseId=" + release)).hasSize(3);
    assertThat(list(vera, "?variant=" + SERVED.hex())).hasSize(2);
    assertThat(list(vera, "?variant=" + FORMER.hex())).hasSize(1);
    assertThat(list(vera, "?metric=tone")).hasSize(1);
    assertThat(list(vera, "?correct=false")).hasSize(2);
    assertThat(list(vera, "?withCorrection=true")).hasSize(1);
    assertThat(list(vera, "?withCorrection=false&correct=true")).hasSize(2);
    assertThat(list(vera, "?to=2020-01-01T00:00:00Z")).isEmpty();
    assertThat(list(vera, "?from=2020-01-01T00:00:00Z&to=%2B999999999-01-01T00:00:00Z")).hasSize(4);
    assertThat(list(vera, "?to=-999999999-01-01T00:00:00Z")).isEmpty();
    assertThat(list(people("gus", UUID.randomUUID(), Role.ADMIN), "")).isEmpty();
    assertThat(vera.get("/api/feedback?correct=perhaps").status()).isEqualTo(400);
  }

  /** Reference: 8 of 10, Wilson's interval of 95% by R's prop.test(8, 10, correct = FALSE). */
  @Test
  void a_release_has_figures_by_metric_and_arm() {
    TestClient.TestCaller vera = people("vera", Role.VIEWER);
    release();
    for (int i = 0; i < 10; i++) {
      judge(vera, response("canary"), Map.of("correct", i < 8));
    }
    judge(vera, response("control"), Map.of("correct", false, "correction", "ham"));
    judge(vera, response("canary"), Map.of("metric", "tone", "score", 0.5));
    judge(vera, response("canary"), Map.of("metric", "tone", "score", 0.25));

    assertThat(figures(vera))
        .containsExactly(
            "correctness canary 10 8 0.8000 0 null 0",
            "correctness control 1 0 0.0000 0 null 1",
            "tone canary 2 1 0.5000 2 0.375 0");
    JsonNode canary = vera.get("/api/releases/" + release + "/feedback").json().at("/figures/0");
    assertThat(canary.path("correctLow").asDouble()).isCloseTo(0.4901625, within(1e-6));
    assertThat(canary.path("correctHigh").asDouble()).isCloseTo(0.9433178, within(1e-6));
    TestClient.TestCaller stranger = people("gus", UUID.randomUUID(), Role.ADMIN);
    assertThat(stranger.get("/api/releases/" + release + "/feedback").status()).isEqualTo(404);
  }

  @Test
  void a_correction_ends_with_the_contents_of_its_trace_and_the_judgement_stays()
      throws SQLException {
    TestClient.TestCaller cleo = people("cleo", Role.COMPLIANCE_OFFICER);
    UUID undecided = UUID.randomUUID();
    policy(cleo, "MASKED", 5);
    for (int age : List.of(5, 6)) {
      insert(workspace, "age" + age, age, "spam");
    }
    for (int age : List.of(30, 31)) {
      insert(undecided, "age" + age, age, "spam");
    }

    EmbeddedServers.executeAsSuperuser("inference", "SELECT expire_trace_contents()");

    assertThat(rows("response_id, correction")).containsExactly("age5|spam", "age6|null");
    assertThat(rows(undecided, null, "response_id, correction"))
        .containsExactly("age30|spam", "age31|null");
  }

  @Test
  void an_application_has_so_many_names_of_metrics() throws SQLException {
    TestClient.TestCaller vera = people("vera", Role.VIEWER);
    release();
    EmbeddedServers.executeAsSuperuser(
        "inference",
        """
        INSERT INTO feedback_metric (workspace_id, application, metric)
        SELECT '%s', 'mail', 'm' || number FROM generate_series(1, 100) AS number
        """
            .formatted(workspace));

    Map<String, Object> body = Map.of("responseId", response("active"), "correct", true);
    Answer refused = vera.post("/api/feedback", with(body, "metric", "m101"));
    Answer known = vera.post("/api/feedback", with(body, "metric", "m100"));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("by 100 metrics", "/metric");
    assertThat(known.status()).isEqualTo(200);
    // Correctness is not counted, so canaries are still judged.
    judge(vera, response("canary"), Map.of("correct", false));
    assertThat(rows("metric")).containsExactlyInAnyOrder("m100", "correctness");
  }

  private TestClient.TestCaller people(String name, Role... roles) {
    return people(name, workspace, roles);
  }

  private TestClient.TestCaller people(String name, UUID home, Role... roles) {
    return client.as(name, home, roles);
  }

  /** Inserts a release of mail, and the one before it. */
  private void release() {
    UUID former = Ids.next();
    insertRelease(former, FORMER, null, "SUPERSEDED");
    insertRelease(release, SERVED, former, "ACTIVE");
  }

  private void insertRelease(UUID id, Digest variant, @Nullable UUID before, String state) {
    String previous = before == null ? "NULL" : "'" + before + "'";
    EmbeddedServers.executeAsSuperuser(
        "inference",
        """
        INSERT INTO release (workspace_id, release_id, application, environment, variant_digest,
          previous_release_id, verdict_id, canary_percent, state, requester, requested_at, changed_at, version)
        VALUES ('%s', '%s', 'mail', 'production', '%s', %s, gen_random_uuid(), 10, '%s', 'ada', now(), now(), 1)
        """
            .formatted(workspace, id, variant.hex(), previous, state));
  }

  private String response(String arm) {
    return ids.issue(
        workspace, Ids.next(), new Arm(release, "mail", "production", SERVED, arm), SERVED);
  }

  private static Answer judge(
      TestClient.TestCaller who, String response, Map<String, ?> judgement) {
    Answer answer = who.post("/v1/feedback", with(judgement, "responseId", response));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static Map<String, Object> with(Map<String, ?> body, String name, Object value) {
    Map<String, Object> more = new HashMap<>(body);
    more.put(name, value);
    return more;
  }

  /** Inserts feedback as it was stored before corrections were masked. */
  private static void insert(UUID workspace, String response, int age, String correction) {
    EmbeddedServers.executeAsSuperuser(
        "inference",
        """
        INSERT INTO feedback
          (workspace_id, response_id, metric, correct, correction, answered_on, created_by, created_at)
        VALUES ('%s', '%s', 'correctness', false, '%s', (now() AT TIME ZONE 'UTC')::date - %d, 'ada', now())
        """
            .formatted(workspace, response, correction, age));
  }

  private static void policy(TestClient.TestCaller officer, String contents) {
    policy(officer, contents, 30);
  }

  private static void policy(TestClient.TestCaller officer, String contents, int days) {
    Answer changed =
        officer.put("/api/trace-policy", Map.of("contents", contents, "retentionDays", days));
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
  }

  private static List<JsonNode> list(TestClient.TestCaller reader, String query) {
    Answer answer = reader.get("/api/feedback" + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("items").valueStream().toList();
  }

  private List<String> figures(TestClient.TestCaller reader) {
    return reader
        .get("/api/releases/" + release + "/feedback")
        .json()
        .path("figures")
        .valueStream()
        .map(each ->
            "%s %s %d %d %.4f %d %s %d"
                .formatted(
                    each.path("metric").asString(),
                    each.path("arm").asString(),
                    each.path("count").asLong(),
                    each.path("correct").asLong(),
                    each.path("correctShare").asDouble(),
                    each.path("scores").asLong(),
                    each.path("meanScore").toString(),
                    each.path("corrections").asLong()))
        .toList();
  }

  private List<String> rows(String columns) throws SQLException {
    return rows(workspace, null, columns);
  }

  /** Returns the values of each row, ordered by response and metric. */
  private static List<String> rows(UUID workspace, @Nullable String response, String columns)
      throws SQLException {
    String one = response == null ? "" : " AND response_id = '" + response + "'";
    List<String> rows = new ArrayList<>();
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT %s FROM feedback WHERE workspace_id = '%s'%s ORDER BY response_id, metric"
                    .formatted(columns, workspace, one))) {
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(row.getString(i)));
        }
        rows.add(String.join("|", values));
      }
    }
    return rows;
  }

  private static void awaitTrace(TestClient.TestCaller reader, String trace) {
    await().atMost(Duration.ofSeconds(60)).until(() -> reader.get(trace).status() == 200);
  }

  private static Answer call(TestClient.TestCaller who) {
    Map<String, ?> schema =
        Map.of(
            "type",
            "object",
            "properties",
            Map.of("label", Map.of("type", "string", "enum", List.of("spam", "ham"))),
            "required",
            List.of("label"));
    Answer answer =
        who.post(
            "/v1/chat/completions",
            Map.of(
                "model",
                "local/choice-minilm",
                "messages",
                List.of(Map.of("role", "user", "content", "Where is my parcel?")),
                "response_format",
                Map.of(
                    "type",
                    "json_schema",
                    "json_schema",
                    Map.of("name", "label", "schema", schema))));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }
}
