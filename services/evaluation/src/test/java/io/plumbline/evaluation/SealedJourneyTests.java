package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuiteOpened;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Tests that an attempt on test items has one result, and that nobody sees its outputs before the
 * plan closes.
 */
@PlumblineTest
class SealedJourneyTests extends EvaluationFixture {

  private static final Map<String, String> REASON =
      Map.of("reason", "The items are public and will be replaced");

  /** Criteria for which three items are enough. */
  private static final List<Criterion> OF_FEW_ITEMS =
      List.of(
          new Criterion("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.05, 1, 0, 3),
          CRITERIA.getLast());

  private Answer opened(String suite) {
    return ada().post("/api/suites/" + suite + "/open", REASON);
  }

  private Answer items(String run) {
    return ada().get("/api/runs/" + run + "/items");
  }

  @Test
  void an_attempt_is_not_made_again_whatever_seed_and_freshness_are_asked_for() {
    String application = "repeated";
    application(application);
    String suite = publishedSuite("repeated", split("repeated"));
    criteria(application, suite, 5, CRITERIA);
    Digest variant = Digest.ofText("repeated variant");
    variant(application, variant);
    String run = finishedRun(application, suite, variant);
    int calls = INFERENCE.callsOf(variant);

    for (Map<String, Object> change :
        List.<Map<String, Object>>of(Map.of(), Map.of("seed", 8), Map.of("fresh", true))) {
      Map<String, Object> again = new HashMap<>(run(application, suite, variant));
      again.putAll(change);
      Answer refused = ada().post("/api/runs", again);
      assertThat(problem(refused)).isEqualTo("already-attempted");
      assertThat(refused.body()).contains(run);
    }
    assertThat(INFERENCE.callsOf(variant)).isEqualTo(calls);
  }

  @Test
  void a_run_that_failed_as_a_whole_is_not_repeated_for_what_failed() throws SQLException {
    String application = "mended";
    application(application);
    String suite = publishedSuite("mended", split("mended"));
    criteria(application, suite, 1, CRITERIA);
    variant(application, InferenceFake.FAULTY);
    String failed = startRun(application, suite, InferenceFake.FAULTY);
    assertThat(awaitState(failed, "FAILED").json().at("/reason").asString())
        .isEqualTo("More than 6 of 130 items got no answer; the last: 400, whose words are hidden");
    int sent = INFERENCE.callsOnceIdle(InferenceFake.FAULTY);
    // The run may be repeated, so its outputs are not shown yet.
    assertThat(problem(items(failed))).isEqualTo("sealed");
    int kept = answersOf(failed);
    refuseForLeakage(failed);
    INFERENCE.mend();

    Map<String, Object> again = new HashMap<>(run(application, suite, InferenceFake.FAULTY));
    again.put("fresh", true);
    String run = ada().post("/api/runs", again).json().at("/runId").asString();

    JsonNode repeated = awaitState(run, "FAILED").json();
    assertThat(repeated.at("/reusedItems").asInt()).isGreaterThan(kept).isPositive();
    assertThat(repeated.at("/failedItems").asInt()).isGreaterThan(6);
    assertThat(INFERENCE.callsOf(InferenceFake.FAULTY)).isEqualTo(sent);

    // An attempt with a result is spent, even though its first run was rejected.
    Digest other = Digest.ofText("variant after the mended one");
    variant(application, other);
    awaitProblem("attempts-spent", () -> ada().post("/api/runs", run(application, suite, other)));
  }

  private static int answersOf(String run) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("evaluation");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM run_item WHERE answered AND run_id = '%s'".formatted(run))) {
      row.next();
      return row.getInt(1);
    }
  }

  /** Stores another run of the same attempt that was rejected for leakage. */
  private static void refuseForLeakage(String run) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("evaluation");
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          WITH refused AS (
            INSERT INTO run (workspace_id, id, attempt_id, application, suite_digest, model, subject_digest,
              criteria_version, seed, fresh, state, total, created_by, created_at, finished_at)
            SELECT workspace_id, gen_random_uuid(), attempt_id, application, suite_digest, model, subject_digest,
              criteria_version, seed, fresh, state, total, created_by, created_at, finished_at FROM run WHERE id = '%s'
            RETURNING workspace_id, id)
          INSERT INTO run_leakage
          SELECT workspace_id, id, '{"items":1,"leaking":1,"sources":{}}', '{}', true FROM refused
          """
              .formatted(run));
    }
  }

  @Test
  void outputs_over_test_items_are_sealed_until_the_planned_verdicts_are_used() {
    String application = "sealed";
    application(application);
    String suite = publishedSuite("sealed", split("sealed"));
    criteria(application, suite, 2, CRITERIA);
    Digest first = Digest.ofText("first sealed variant");
    Digest second = Digest.ofText("second sealed variant");
    List.of(first, second).forEach(variant -> variant(application, variant));
    String run = finishedRun(application, suite, first);

    Answer shown = ada().get("/api/runs/" + run);
    assertThat(shown.json().at("/sealed").asBoolean()).isTrue();
    assertThat(shown.json().at("/confusion").isNull()).isTrue();
    assertThat(shown.json().at("/classes")).isEmpty();
    assertThat(shown.json().at("/metrics/accuracy/low").isNumber()).isTrue();
    assertThat(items(run).status()).isEqualTo(409);
    assertThat(problem(items(run))).isEqualTo("sealed");
    assertThat(attempts(suite, 2)).containsExactly(1, 1);

    String other = finishedRun(application, suite, second);
    assertThat(attempts(suite, 2)).containsExactly(2, 0);
    for (String each : List.of(run, other)) {
      assertThat(ada().get("/api/runs/" + each).json().at("/sealed").asBoolean()).isFalse();
      assertThat(items(each).status()).isEqualTo(200);
    }
  }

  @Test
  void outputs_opened_early_spend_the_items_and_are_recorded() {
    String application = "opened";
    application(application);
    Digest split = split("opened");
    String suite = publishedSuite("opened", split);
    String same = publishedSuite("opened-under-another-name", split);
    Digest criteria = criteria(application, suite, 5, CRITERIA);
    Digest variant = Digest.ofText("opened variant");
    Digest other = Digest.ofText("variant after the opening");
    List.of(variant, other).forEach(each -> variant(application, each));
    String run = finishedRun(application, suite, variant);
    assertThat(
            client.as("vera", Role.VIEWER).post("/api/suites/" + suite + "/open", REASON).status())
        .isEqualTo(403);
    assertThat(items(run).status()).isEqualTo(409);

    assertThat(opened(suite).json().at("/opening/openedBy").asString()).isEqualTo("ada");

    SuiteOpened event =
        events.awaitPublished(
            SuiteOpened.class, each -> each.suiteDigest().equals(new Digest(suite)));
    assertThat(event.reason()).isEqualTo(REASON.get("reason"));
    assertThat(ada().expectingNoEvent().post("/api/suites/" + suite + "/open", REASON).status())
        .isEqualTo(200);
    assertThat(items(run).status()).isEqualTo(200);
    // Runs from before the opening may be judged; no run is possible afterwards, by any criteria.
    assertThat(verdict(application, "RELEASE", run, criteria).status()).isEqualTo(201);
    assertThat(problem(ada().post("/api/runs", run(application, suite, other))))
        .isEqualTo("outputs-opened");
    criteria(application, same, 5, CRITERIA);
    awaitProblem("outputs-opened", () -> ada().post("/api/runs", run(application, same, other)));
  }

  @Test
  void somebody_else_opens_a_suite_with_a_second_person_alone() {
    String suite = publishedSuite("opened-by-two", split("opened-by-two"));
    TestClient.TestCaller max = client.as("max", Role.PROMPT_ENGINEER);
    TestClient.TestCaller cai = client.as("cai", Role.ML_ENGINEER);
    String path = "/api/suites/" + suite + "/open";

    Answer requested = max.post(path, REASON);
    assertThat(requested.status()).isEqualTo(200);
    assertThat(requested.json().at("/opening").isNull()).isTrue();
    assertThat(requested.json().at("/openingRequests/0/requestedBy").asString()).isEqualTo("max");
    assertThat(max.expectingNoEvent().post(path, REASON).json().at("/opening").isNull()).isTrue();

    Answer opened = cai.post(path, REASON);

    assertThat(opened.json().at("/opening/openedBy").asString()).isEqualTo("cai");
    assertThat(opened.json().at("/openingRequests/0/requestedBy").asString()).isEqualTo("max");
  }

  @Test
  void nobody_alone_uses_up_the_items_of_others_with_a_suite_of_their_own() {
    String application = "shared-items";
    application(application);
    List<String> mails = mails("shared-items");
    String all = ofItems("shared-items", mails);
    criteria(application, all, 5, CRITERIA);
    List<Digest> variants =
        List.of(
            Digest.ofText("first over shared items"), Digest.ofText("second over shared items"));
    variants.forEach(variant -> variant(application, variant));
    TestClient.TestCaller max = client.as("max", Role.PROMPT_ENGINEER);
    Digest ownSplit = split("shared-one", true, Map.of("test", mails.subList(0, 1)));
    String one =
        awaitStatus(201, () -> max.post("/api/suites", plain("shared-one", ownSplit)))
            .json()
            .at("/suiteDigest")
            .asString();
    String path = "/api/suites/" + one + "/open";

    JsonNode requested = max.post(path, REASON).json();

    assertThat(requested.at("/opening").isNull()).isTrue();
    assertThat(requested.at("/openingRequests/0/requestedBy").asString()).isEqualTo("max");
    finishedRun(application, all, variants.getFirst());
    // The first owner does not use up the second one's item alone either.
    assertThat(opened(all).json().at("/opening").isNull()).isTrue();

    assertThat(ada().post(path, REASON).json().at("/opening/openedBy").asString()).isEqualTo("ada");
    awaitProblem(
        "outputs-opened", () -> ada().post("/api/runs", run(application, all, variants.getLast())));
  }

  @Test
  void the_owner_opens_alone_what_shares_less_than_counts_with_others() {
    List<String> letters = letters("hardly", "shared");
    List<String> others = new ArrayList<>(letters("mostly", "other"));
    others.set(0, letters.getFirst());
    ofItems("hardly-shared", letters);
    TestClient.TestCaller max = client.as("max", Role.PROMPT_ENGINEER);
    Digest split = split("hardly-shared-by-others", true, Map.of("test", others));
    Digest explored =
        split("hardly-shared-explored", true, Map.of("validation", others, "train", mails("h-t")));
    String suite =
        awaitStatus(201, () -> max.post("/api/suites", plain("hardly-shared-by-others", split)))
            .json()
            .at("/suiteDigest")
            .asString();
    // Nothing is judged on a suite over validation, so it is nobody's loss.
    publishedSuite(
        Map.of(
            "name",
            "hardly-shared-explored",
            "splitDigest",
            explored,
            "subset",
            "validation",
            "scorers",
            LABELS));

    Answer opened = max.post("/api/suites/" + suite + "/open", REASON);

    assertThat(opened.json().at("/opening/openedBy").asString()).isEqualTo("max");
  }

  @Test
  void a_request_to_open_a_suite_expires_and_can_be_made_again() {
    String suite = publishedSuite("opened-too-late", split("opened-too-late"));
    TestClient.TestCaller max = client.as("max", Role.PROMPT_ENGINEER);
    TestClient.TestCaller cai = client.as("cai", Role.ML_ENGINEER);
    String path = "/api/suites/" + suite + "/open";
    assertThat(max.post(path, REASON).status()).isEqualTo(200);
    EmbeddedServers.executeAsSuperuser(
        "evaluation",
        "SET session_replication_role = replica",
        "UPDATE suite_opening_request SET requested_at = requested_at - interval '8 days'"
            + " WHERE suite_digest = '"
            + suite
            + "'");
    assertThat(ada().get("/api/suites/" + suite).json().at("/openingRequests").size()).isZero();

    Answer late = cai.post(path, REASON);

    assertThat(late.json().at("/opening").isNull()).isTrue();
    assertThat(late.json().at("/openingRequests/0/requestedBy").asString()).isEqualTo("cai");
    Answer opened = max.post(path, REASON);
    assertThat(opened.json().at("/opening/openedBy").asString()).isEqualTo("max");
  }

  @Test
  void an_expired_request_is_made_again_by_the_same_person() {
    String suite = publishedSuite("asked-twice", split("asked-twice"));
    TestClient.TestCaller max = client.as("max", Role.PROMPT_ENGINEER);
    String path = "/api/suites/" + suite + "/open";
    max.post(path, REASON);
    EmbeddedServers.executeAsSuperuser(
        "evaluation",
        "SET session_replication_role = replica",
        "UPDATE suite_opening_request SET requested_at = requested_at - interval '8 days'"
            + " WHERE suite_digest = '"
            + suite
            + "'");

    Answer again = max.post(path, REASON);

    assertThat(again.json().at("/openingRequests/0/requestedBy").asString()).isEqualTo("max");
    assertThat(again.json().at("/opening").isNull()).isTrue();
  }

  @Test
  void nobody_sees_the_traces_of_a_sealed_run() {
    String application = "traced";
    application(application);
    Digest split = split("traced");
    String suite = publishedSuite("traced", split);
    String exploring = publishedSuite(suite("traced-validation", split, "validation"));
    criteria(application, suite, 2, CRITERIA);
    Digest judged = Digest.ofText("traced variant");
    Digest explored = Digest.ofText("traced variant that is explored");
    List.of(judged, explored).forEach(variant -> variant(application, variant));

    finishedRun(application, suite, judged);
    finishedRun(application, exploring, explored);

    assertThat(INFERENCE.sealedCallsOf(judged)).isEqualTo(INFERENCE.callsOf(judged)).isPositive();
    assertThat(INFERENCE.sealedCallsOf(explored)).isZero();
  }

  @Test
  void a_suite_of_the_same_items_under_another_subset_is_sealed_with_them() {
    String application = "disguised";
    application(application);
    publishedSuite("disguised", split("disguised"));
    Digest renamed =
        split(
            "disguised-as-validation",
            true,
            Map.of("validation", mails("disguised"), "train", mails("disguised-t")));
    String suite = publishedSuite(suite("disguised-as-validation", renamed, "validation"));
    Digest variant = Digest.ofText("disguised variant");
    variant(application, variant);
    Answer started =
        awaitStatus(202, () -> ada().post("/api/runs", run(application, suite, variant)));
    String run = started.json().at("/runId").asString();
    awaitState(run, "FINISHED");

    assertThat(started.json().at("/sealed").asBoolean()).isTrue();
    assertThat(ada().get("/api/runs/" + run).json().at("/sealed").asBoolean()).isTrue();
    assertThat(problem(items(run))).isEqualTo("sealed");
    assertThat(problem(opened(suite))).isEqualTo("not-test-items");
  }

  /** Publishes a suite of all given rows. */
  private String ofItems(String name, List<String> rows) {
    Map<String, Object> suite =
        Map.of(
            "name",
            name,
            "splitDigest",
            split(name, true, Map.of("test", rows)),
            "scorers",
            LABELS);
    return publishedSuite(suite);
  }

  @Test
  void opening_a_suite_of_one_item_shows_no_other_suites_outputs() {
    String application = "pried";
    application(application);
    List<String> mails = mails("pried");
    String all = ofItems("pried", mails);
    criteria(application, all, 5, CRITERIA);
    Digest variant = Digest.ofText("pried variant");
    variant(application, variant);
    String run = finishedRun(application, all, variant);

    String one = ofItems("pried-one", mails.subList(0, 1));
    assertThat(opened(one).status()).isEqualTo(200);
    assertThat(problem(items(run))).isEqualTo("sealed");

    // The suite is opened on purpose, and no run over shared items is judged any more.
    assertThat(opened(all).status()).isEqualTo(200);
    assertThat(items(run).status()).isEqualTo(200);
    String rest = ofItems("pried-rest", mails.subList(1, 120));
    criteria(application, rest, 5, CRITERIA);
    awaitProblem("outputs-opened", () -> ada().post("/api/runs", run(application, rest, variant)));
  }

  @Test
  void outputs_that_a_spent_plan_shows_close_the_plan_of_every_suite_that_shares_them() {
    String application = "chained";
    application(application);
    List<String> mails = mails("chained");
    String all = ofItems("chained", mails);
    criteria(application, all, 2, CRITERIA);
    Digest variant = Digest.ofText("chained variant");
    variant(application, variant);
    String run = finishedRun(application, all, variant);
    String few = ofItems("chained-few", mails.subList(0, 3));
    criteria(application, few, 2, OF_FEW_ITEMS);
    finishedRun(application, few, variant);
    assertThat(items(run).status()).isEqualTo(200);

    // This suite shares none of the few items on which the rest of the level was spent.
    String rest = ofItems("chained-rest", mails.subList(3, 120));
    criteria(application, rest, 2, CRITERIA);
    awaitProblem("outputs-opened", () -> ada().post("/api/runs", run(application, rest, variant)));
  }

  @Test
  void exploration_of_sealed_items_costs_a_share_and_opens_nothing() {
    String application = "probed";
    application(application);
    List<String> mails = mails("probed");
    String suite = ofItems("probed", mails);
    criteria(application, suite, 2, CRITERIA);
    Digest renamed = split("probed-as-validation", true, Map.of("validation", mails));
    String exploration =
        publishedSuite(
            Map.of(
                "name",
                "probed-as-validation",
                "splitDigest",
                renamed,
                "subset",
                "validation",
                "scorers",
                LABELS));
    Digest variant = Digest.ofText("probing variant");
    Digest second = Digest.ofText("second probing variant");
    List.of(variant, second).forEach(each -> variant(application, each));
    finishedRun(application, exploration, variant);

    finishedRun(application, suite, variant);
    awaitProblem("attempts-spent", () -> ada().post("/api/runs", run(application, suite, second)));
  }
}
