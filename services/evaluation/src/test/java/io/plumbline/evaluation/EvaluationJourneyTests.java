package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.BaselineRecorded;
import io.plumbline.contracts.EvaluationEvent.ComparisonFinished;
import io.plumbline.contracts.EvaluationEvent.RunFinished;
import io.plumbline.contracts.EvaluationEvent.RunStarted;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.Workspaces;
import io.plumbline.platform.test.fault.Redelivery;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.JsonNode;

/**
 * Tests the way from a split to a verdict and its replay, on real PostgreSQL and Kafka, with
 * inference faked at its HTTP boundary.
 */
@PlumblineTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EvaluationJourneyTests extends EvaluationFixture {

  private static final String APPLICATION = "mail-triage";

  @Autowired
  @Qualifier("jobWorkers")
  SmartLifecycle workers;

  private static boolean published;

  @BeforeEach
  void publish_events_of_other_services() {
    if (!published) {
      published = true;
      application(APPLICATION);
      List.of(InferenceFake.WEAK, InferenceFake.STRONG, InferenceFake.BROKEN, InferenceFake.SLOW)
          .forEach(variant -> variant(APPLICATION, variant));
    }
  }

  /** Publishes a suite and registers criteria that name it. */
  private String judgedSuite(String name) {
    String suite = publishedSuite(name, split(name));
    criteria = criteria(APPLICATION, suite);
    return suite;
  }

  private Digest criteria = Digest.ofText("none");

  @Test
  void a_suite_needs_an_admitted_split_and_a_subset_that_is_not_for_training() {
    Digest split = split("gated", false);
    Answer unadmitted =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> ada().post("/api/suites", suite("gated", split)),
                answer -> !answer.json().at("/type").asString().endsWith("not-yet-known"));
    assertThat(unadmitted.status()).isEqualTo(409);
    assertThat(unadmitted.json().at("/type").asString()).isEqualTo("/problems/dataset-unadmitted");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            events.read("plumbline.evaluation").stream()
                .anyMatch(message ->
                    new String(message.value(), StandardCharsets.UTF_8)
                        .contains("dataset-unadmitted")));

    admit("gated", Digest.ofText("version of gated"));
    Answer created = awaitStatus(201, () -> ada().post("/api/suites", suite("gated", split)));
    assertThat(created.json().at("/items").asInt()).isEqualTo(100);
    assertThat(created.json().at("/perturbedItems").asInt()).isEqualTo(30);
    assertThat(
            created.json().at("/dataset").asString()
                + " v"
                + created.json().at("/datasetVersion").asInt())
        .isEqualTo("gated v1");
    SuitePublished published =
        events.awaitPublished(SuitePublished.class, event -> event.suite().equals("gated"));
    assertThat(published.suiteDigest().hex())
        .isEqualTo(created.json().at("/suiteDigest").asString());

    Answer again = ada().expectingNoEvent().post("/api/suites", suite("gated", split));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(created.json());

    Answer train =
        ada()
            .post(
                "/api/suites",
                Map.of(
                    "name",
                    "t",
                    "splitDigest",
                    split,
                    "subset",
                    "train",
                    "scorers",
                    List.of(Map.of("type", "exact"))));
    assertThat(train.json().at("/type").asString()).isEqualTo("/problems/training-subset");
  }

  @Test
  void invalid_input_is_refused_by_name() {
    Digest unknown = Digest.ofText("unknown");
    assertThat(ada().post("/api/suites", suite("bad", unknown)).json().at("/type").asString())
        .isEqualTo("/problems/not-yet-known");
    Answer scorer =
        ada()
            .post(
                "/api/suites",
                Map.of(
                    "name",
                    "bad",
                    "splitDigest",
                    unknown,
                    "scorers",
                    List.of(Map.of("type", "vibes"))));
    assertThat(scorer.status()).isEqualTo(400);
    assertThat(scorer.body()).contains("/scorers/0/type");
    assertThat(
            ada()
                .post(
                    "/api/suites",
                    Map.of("name", "Bad Name", "splitDigest", unknown, "scorers", LABELS))
                .status())
        .isEqualTo(400);
    assertThat(ada().get("/api/suites/nonsense").status()).isEqualTo(400);
    assertThat(ada().get("/api/suites/" + unknown).status()).isEqualTo(404);
    assertThat(ada().get("/api/runs/nonsense").status()).isEqualTo(400);
    assertThat(
            ada()
                .post("/api/runs", Map.of("application", APPLICATION, "suiteDigest", unknown))
                .status())
        .isEqualTo(409);
    assertThat(
            ada()
                .post(
                    "/api/verdicts",
                    Map.of(
                        "application",
                        APPLICATION,
                        "kind",
                        "CANARY",
                        "runId",
                        Ids.next(),
                        "criteriaDigest",
                        unknown))
                .json()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("/kind");
    assertThat(ada().get("/api/baselines").status()).isEqualTo(400);
    assertThat(client.as("vera", Role.VIEWER).post("/api/suites", suite("bad", unknown)).status())
        .isEqualTo(403);
  }

  @Test
  void variants_are_evaluated_compared_and_judged() {
    String suite = judgedSuite("journey");
    String weak = finishedRun(APPLICATION, suite, InferenceFake.WEAK);
    String strong = finishedRun(APPLICATION, suite, InferenceFake.STRONG);

    Answer measured = ada().get("/api/runs/" + weak);
    assertThat(measured.json().at("/metrics/accuracy/value").asDouble()).isEqualTo(0.75);
    assertThat(measured.json().at("/metrics/accuracy/low").asDouble()).isBetween(0.6, 0.75);
    assertThat(measured.json().at("/confusion/labels").toString()).isEqualTo("[\"ham\",\"spam\"]");
    assertThat(measured.json().at("/confusion/counts").toString())
        .isEqualTo("[[50,0,0],[25,25,0]]");
    assertThat(measured.json().at("/metrics/cost_per_1000_usd/value").asDouble())
        .isCloseTo(0.01, within(1e-12));
    assertThat(measured.json().at("/cost/amount").asString()).isEqualTo("0.001300");
    assertThat(measured.json().at("/processors").toString()).isEqualTo("[\"AMD EPYC (avx2)\"]");
    assertThat(
            ada()
                .get("/api/runs/" + weak + "/items?onlyWrong=true&limit=10")
                .json()
                .at("/total/value")
                .asInt())
        .isGreaterThanOrEqualTo(25);
    assertThat(
            ada()
                .get("/api/runs/" + weak + "/items?disagreements=true")
                .json()
                .at("/items/0/perturbation")
                .asString())
        .isNotEqualTo("NONE");
    RunStarted started =
        events.awaitPublished(RunStarted.class, event -> event.runId().toString().equals(strong));
    assertThat(started.model()).isEqualTo("variant/" + InferenceFake.STRONG);
    assertThat(started.seed()).isEqualTo(7);
    RunFinished finished =
        events.awaitPublished(RunFinished.class, event -> event.runId().toString().equals(strong));
    assertThat(finished.metrics().keySet())
        .contains("accuracy", "macro_f1", "latency_p95_ms", "cost_per_1000_usd", "consistency");
    assertThat(finished.items())
        .isPositive()
        .isLessThan(ada().get("/api/runs/" + strong).json().at("/items").asLong());

    Map<String, Object> comparison =
        Map.of(
            "application",
            APPLICATION,
            "baselineRunId",
            weak,
            "runIds",
            List.of(strong),
            "ablation",
            true);
    Answer without = ada().post("/api/comparisons", comparison);
    assertThat(without.json().at("/type").asString()).isEqualTo("/problems/baseline-required");

    Answer baseline = baseline(APPLICATION, weak);
    assertThat(baseline.status()).isEqualTo(201);
    events.awaitPublished(BaselineRecorded.class, event -> event.runId().toString().equals(weak));
    assertThat(ada().get("/api/baselines?application=" + APPLICATION).json().at("/items/0"))
        .isEqualTo(baseline.json());
    assertThat(ada().get("/api/suites?limit=100").json().at("/items"))
        .contains(ada().get("/api/suites/" + suite).json());

    Answer compared = ada().post("/api/comparisons", comparison);
    assertThat(compared.status()).isEqualTo(201);
    assertThat(compared.json().at("/deltas/0/differences/accuracy/value").asDouble())
        .isEqualTo(0.25);
    assertThat(compared.json().at("/deltas/0/correct/table/onlyCandidate").asInt()).isEqualTo(25);
    assertThat(compared.json().at("/deltas/0/pValue").asDouble()).isLessThan(0.001);
    assertThat(compared.json().at("/deltas/0/conclusion").asString()).isEqualTo("PASS");
    assertThat(compared.json().at("/contributions/0/differences/accuracy/low").asDouble())
        .isGreaterThan(0.1);
    assertThat(
            ada()
                .get("/api/comparisons/" + compared.json().at("/comparisonId").asString())
                .json()
                .at("/deltas"))
        .isEqualTo(compared.json().at("/deltas"));
    events.awaitPublished(
        ComparisonFinished.class, event -> event.baselineRunId().toString().equals(weak));
    assertThat(ada().get("/api/comparisons?application=" + APPLICATION).json().at("/items/0"))
        .isEqualTo(compared.json());

    Answer phase = verdict(APPLICATION, "PHASE", weak, criteria);
    assertThat(phase.json().at("/outcome").asString()).isEqualTo("FAIL");
    assertThat(phase.json().at("/phase").asString()).isEqualTo("PROMPT");
    Answer passed = verdict(APPLICATION, "RELEASE", strong, criteria);
    assertThat(passed.status()).isEqualTo(201);
    assertThat(passed.json().at("/outcome").asString()).isEqualTo("PASS");
    VerdictIssued issued =
        events.awaitPublished(VerdictIssued.class, event -> event.kind() == VerdictKind.RELEASE);
    assertThat(issued.subjectDigest()).isEqualTo(InferenceFake.STRONG);
    assertThat(issued.suiteDigest()).isEqualTo(new Digest(suite));
    assertThat(issued.sequence()).isEqualTo(phase.json().at("/sequence").asLong() + 1);

    String verdict = passed.json().at("/verdictId").asString();
    assertThat(ada().get("/api/verdicts?application=" + APPLICATION).json().at("/items/0"))
        .isEqualTo(ada().get("/api/verdicts/" + verdict).json());
    Answer replay = ada().get("/api/verdicts/" + verdict + "/replay");
    assertThat(replay.json().at("/equal").asBoolean()).isTrue();
    assertThat(replay.json().at("/criteria"))
        .isEqualTo(ada().get("/api/verdicts/" + verdict).json().at("/criteria"));

    TestClient.TestCaller gus = client.as("gus", Workspaces.GLOBEX, Role.PROMPT_ENGINEER);
    assertThat(gus.get("/api/verdicts/" + verdict).status()).isEqualTo(404);
    assertThat(gus.get("/api/runs/" + strong).status()).isEqualTo(404);
    assertThat(gus.get("/api/verdicts").json().at("/items").size()).isZero();
    assertThat(
            ada()
                .get("/api/runs?application=" + APPLICATION + "&limit=1")
                .json()
                .at("/nextPageToken")
                .isString())
        .isTrue();
  }

  @Test
  void exploration_again_reuses_the_answers_to_equal_requests() {
    String suite = publishedSuite(suite("explored-again", split("explored-again"), "validation"));
    finishedRun(APPLICATION, suite, InferenceFake.STRONG);
    int before = INFERENCE.callsOf(InferenceFake.STRONG);
    String again = finishedRun(APPLICATION, suite, InferenceFake.STRONG);
    JsonNode run = ada().get("/api/runs/" + again).json();
    assertThat(run.at("/reusedItems").asInt()).isEqualTo(130);
    assertThat(run.at("/notReused").isNull()).isTrue();
    assertThat(INFERENCE.callsOf(InferenceFake.STRONG)).isEqualTo(before);
  }

  @Test
  void answers_without_a_price_are_given_anew_once_a_price_is_known_and_the_run_says_so() {
    Digest variant = Digest.ofText("variant that is priced later");
    variant(APPLICATION, variant);
    INFERENCE.unprices(variant);
    String suite = publishedSuite(suite("priced-later", split("priced-later"), "validation"));
    JsonNode unpriced = ada().get("/api/runs/" + finishedRun(APPLICATION, suite, variant)).json();
    assertThat(unpriced.at("/cost").isNull()).isTrue();
    assertThat(unpriced.at("/unmeasured/cost_per_1000_usd").asString())
        .contains("have no known price");
    JsonNode still = ada().get("/api/runs/" + finishedRun(APPLICATION, suite, variant)).json();
    assertThat(still.at("/reusedItems").asInt()).isPositive();
    assertThat(still.at("/notReused").isNull()).isTrue();

    INFERENCE.says(variant, "{\"label\":\"ham\"}");
    JsonNode priced = ada().get("/api/runs/" + finishedRun(APPLICATION, suite, variant)).json();

    // Equal questions of one run may share an answer.
    int shared = priced.at("/reusedItems").asInt();
    assertThat(shared).isLessThan(10);
    assertThat(priced.at("/notReused").asString())
        .isEqualTo(
            "The earlier answers to %d questions had no known price, and one is known now."
                .formatted(130 - shared));
    assertThat(priced.at("/metrics/cost_per_1000_usd/value").asDouble())
        .isCloseTo(0.01, within(1e-9));
    assertThat(priced.at("/cost/amount").asDouble()).isPositive();
    JsonNode again = ada().get("/api/runs/" + finishedRun(APPLICATION, suite, variant)).json();
    assertThat(again.at("/reusedItems").asInt()).isEqualTo(130);
    assertThat(again.at("/metrics/cost_per_1000_usd/value").asDouble())
        .isCloseTo(0.01, within(1e-9));
  }

  /** The variant sends no temperature, so only its server knows the one that it uses. */
  @Test
  void answers_without_a_known_temperature_are_not_reused_and_the_run_says_so() {
    Digest variant = Digest.ofText("variant without a temperature");
    variant(
        APPLICATION,
        variant,
        InferenceFake.PROMPT,
        "acme/m",
        null,
        null,
        Map.of("withoutTemperature", "true"));
    String suite = publishedSuite(suite("sampled-again", split("sampled-again"), "validation"));
    finishedRun(APPLICATION, suite, variant);
    int before = INFERENCE.callsOf(variant);

    String again = finishedRun(APPLICATION, suite, variant);

    JsonNode run = ada().get("/api/runs/" + again).json();
    assertThat(run.at("/reusedItems").asInt()).isZero();
    assertThat(run.at("/notReused").asString()).contains("sends its model no temperature");
    assertThat(INFERENCE.callsOf(variant)).isEqualTo(2 * before);
  }

  /** A name leads to another model when its provider's connection or a local file is replaced. */
  @Test
  void answers_of_a_bare_model_are_not_reused_under_its_name() {
    String suite = publishedSuite(suite("bare-again", split("bare-again"), "validation"));
    Map<String, Object> run =
        Map.of("application", APPLICATION, "suiteDigest", suite, "model", "provider/model");
    for (int i = 0; i < 2; i++) {
      String id =
          awaitStatus(202, () -> ada().post("/api/runs", run)).json().at("/runId").asString();
      assertThat(awaitState(id, "FINISHED").json().at("/reusedItems").asInt()).isZero();
    }
  }

  @Test
  void a_run_without_answers_fails_and_says_why() {
    String run = startRun(APPLICATION, judgedSuite("broken"), InferenceFake.BROKEN);
    Answer failed = awaitState(run, "FAILED");
    assertThat(failed.json().at("/reason").asString())
        .contains("got no answer")
        .endsWith("the last: 400, whose words are hidden");
    assertThat(failed.json().at("/failedItems").asInt()).isBetween(7, 20);
    assertThat(problem(verdict(APPLICATION, "RELEASE", run, criteria)))
        .isEqualTo("run-not-finished");
  }

  @Test
  void who_sees_no_outputs_reads_no_words_of_an_error_either() {
    String suite = publishedSuite(suite("explored-broken", split("explored-broken"), "validation"));
    String run = startRun(APPLICATION, suite, InferenceFake.BROKEN);
    assertThat(awaitState(run, "FAILED").json().at("/reason").asString()).contains("no such tool");

    TestClient.TestCaller vera = client.as("vera", Role.VIEWER);

    assertThat(vera.get("/api/runs/" + run).json().at("/reason").asString())
        .endsWith("the last: 400, whose words are hidden");
    assertThat(vera.get("/api/runs?limit=100").body()).contains(run).doesNotContain("no such tool");
  }

  /** The run stops between two batches and keeps its lease, which is the state after kill -9. */
  @Test
  void a_killed_run_resumes_and_counts_every_item_once() throws SQLException {
    String suite = judgedSuite("killed");
    String run = startRun(APPLICATION, suite, InferenceFake.SLOW);
    await().atMost(Duration.ofSeconds(60)).until(() -> rows(run) >= 32);
    workers.stop();
    long written = rows(run);
    assertThat(written).isBetween(32L, 129L);
    execute(
        "UPDATE job SET state = 'RUNNING', lease_until = now() - interval '1 second' WHERE"
            + " payload->>'runId' = '"
            + run
            + "'");
    int sent = INFERENCE.callsOnceIdle(InferenceFake.SLOW);

    workers.start();
    Answer finished = awaitState(run, "FINISHED");

    assertThat(rows(run)).isEqualTo(130);
    assertThat(finished.json().at("/failedItems").asInt()).isZero();
    assertThat(INFERENCE.callsOf(InferenceFake.SLOW) - sent).isEqualTo(130 - written);
    assertThat(
            events.published(RunFinished.class).stream()
                .filter(event -> event.runId().toString().equals(run)))
        .hasSizeLessThanOrEqualTo(1);
    events.awaitPublished(RunFinished.class, event -> event.runId().toString().equals(run));
  }

  @Test
  void a_guard_halts_a_worse_canary_once_and_a_former_run_cannot_overrule_it() {
    UUID release = Ids.next();
    Digest worse = Digest.ofText("worse");
    String suite = judgedSuite("canary");
    variant(APPLICATION, worse);
    String formerRun = finishedRun(APPLICATION, suite, worse);
    Digest former = Digest.ofText("former");
    harmfulCanary(release, APPLICATION, worse, former);
    VerdictIssued verdict =
        events.awaitPublished(VerdictIssued.class, event -> release.equals(event.releaseId()));
    assertThat(verdict.kind()).isEqualTo(VerdictKind.CANARY);
    assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(verdict.subjectDigest()).isEqualTo(worse);
    Answer guard = ada().get("/api/guards/" + release);
    assertThat(ada().get("/api/guards?application=" + APPLICATION).json().at("/items/0"))
        .isEqualTo(guard.json());
    assertThat(guard.json().at("/state").asString()).isEqualTo("FAILED");
    assertThat(guard.json().at("/judgedWrong/evidence").asDouble()).isGreaterThan(40);
    assertThat(guard.json().at("/judgedWrong/minimumSampleSize").asLong()).isEqualTo(10);
    assertThat(guard.json().at("/candidateRequests").asLong())
        .isEqualTo(guard.json().at("/errors/candidateTrials").asLong());
    assertThat(ada().get("/api/verdicts/" + verdict.verdictId() + "/replay").status())
        .isEqualTo(422);
    assertThat(problem(verdict(APPLICATION, "RELEASE", formerRun, criteria)))
        .isEqualTo("newer-evidence");
    assertThat(problem(ada().post("/api/runs", run(APPLICATION, suite, worse))))
        .isEqualTo("already-attempted");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void events_delivered_thrice_and_shuffled_lead_to_the_same_state() {
    new Redelivery(events, "evaluation")
        .emptying("application", "split", "admission", "criteria")
        .emptying("variant", "model_version", "training_job", "retrieval_index")
        // Each listing of a model has its verdicts judged again, which changes nothing.
        .ignoringTables("job")
        .verifyStateUnchanged();
  }

  private static long rows(String run) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("evaluation");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT count(*) FROM run_item WHERE run_id = '" + run + "'")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void execute(String update) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("evaluation");
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(update)).isEqualTo(1);
    }
  }
}
