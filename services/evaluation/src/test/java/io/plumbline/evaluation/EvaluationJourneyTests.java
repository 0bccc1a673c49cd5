package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.BaselineRecorded;
import io.plumbline.contracts.EvaluationEvent.ComparisonFinished;
import io.plumbline.contracts.EvaluationEvent.RunFinished;
import io.plumbline.contracts.EvaluationEvent.RunStarted;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.Events;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.Workspaces;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * From a split to a verdict and its replay, on real PostgreSQL and Kafka, with inference faked at
 * its HTTP boundary.
 */
@PlumblineTest
class EvaluationJourneyTests {

  private static final InferenceFake INFERENCE = new InferenceFake();
  private static final String APPLICATION = "mail-triage";

  @Autowired TestClient client;
  @Autowired Events events;
  @Autowired BlobStore blobs;

  @Autowired
  @Qualifier("jobWorkers")
  SmartLifecycle workers;

  @DynamicPropertySource
  static void inference(DynamicPropertyRegistry settings) {
    settings.add("plumbline.services.inference.url", INFERENCE::url);
    settings.add("plumbline.security.token-uri", () -> INFERENCE.url() + "/token");
    settings.add("plumbline.security.client-secret", () -> "secret");
  }

  private TestClient.As ada() {
    return client.as("ada", Role.PROMPT_ENGINEER);
  }

  private static final List<Criterion> CRITERIA =
      List.of(
          new Criterion("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.9, 0, 50),
          new Criterion("consistency", MetricKind.ROBUSTNESS, Direction.AT_LEAST, 0.5, 0, 10),
          new Criterion("latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, 60_000, 0, 50));
  private static final Digest CRITERIA_DIGEST = Digest.ofText("criteria 1");
  private static boolean published;

  @BeforeEach
  void publish_events_of_other_services() {
    if (!published) {
      published = true;
      events.publish(
          new ApplicationRegistered(
              Ids.next(),
              APPLICATION,
              "ada",
              "triage",
              Criticality.LOW,
              TaskType.CLASSIFICATION,
              1000),
          APPLICATION,
          1);
      events.publish(
          new CriteriaRegistered(APPLICATION, 1, CRITERIA_DIGEST, CRITERIA),
          "criteria/" + APPLICATION,
          1);
      for (Digest variant :
          List.of(
              InferenceFake.WEAK, InferenceFake.STRONG, InferenceFake.BROKEN, InferenceFake.SLOW)) {
        events.publish(
            new VariantCreated(
                APPLICATION,
                "v",
                variant,
                Digest.ofText("p"),
                "local/choice",
                null,
                null,
                Map.of(),
                List.of("ada")),
            variant.hex(),
            1);
      }
    }
  }

  /**
   * 120 mails: 60 spam, half of it in capitals; 60 ham. The first half of each differs from that of
   * the others, or truncated ones would be equal requests, whose answer is reused.
   */
  private Digest split(String name, boolean admitted) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      String text =
          "Subject: "
              + name
              + " "
              + i
              + "\\n\\nmail "
              + i
              + " "
              + (i % 2 == 1 ? "hello friend" : i % 4 == 0 ? "win MONEY" : "win money");
      lines.add(
          "{\"id\":\""
              + name
              + i
              + "\",\"text\":\""
              + text
              + "\",\"label\":\""
              + (i % 2 == 0 ? "spam" : "ham")
              + "\"}");
    }
    Digest version = Digest.ofText("version of " + name);
    Digest split = Digest.ofText("split of " + name);
    Caller.system(Workspaces.ACME)
        .run(() -> {
          Digest blob = blobs.put(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
          Subset subset = new Subset(blob, lines.size());
          events.publish(
              new SplitDefined(name, 1, version, split, Map.of("train", subset, "test", subset), 0),
              name,
              2);
        });
    if (admitted) {
      admit(name, version);
    }
    return split;
  }

  private void admit(String name, Digest version) {
    events.publish(
        new AdmissionDecided(
            name, 1, version, Outcome.PASS, List.of("TRAIN", "EVALUATE"), List.of(), null),
        name,
        3);
  }

  private static Map<String, Object> suite(String name, Digest split) {
    return Map.of(
        "name",
        name,
        "splitDigest",
        split,
        "subset",
        "test",
        "evaluators",
        List.of("classification", "latency", "cost", "consistency"),
        "maxItems",
        100,
        "perturbations",
        Map.of("kinds", List.of("HEADERS_STRIPPED", "LOWER_CASE", "TRUNCATED"), "items", 30));
  }

  private Answer awaitStatus(int status, Supplier<Answer> call) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(call::get, answer -> answer.status() == status);
  }

  private String publishedSuite(String name) {
    Digest split = split(name, true);
    return awaitStatus(201, () -> ada().post("/api/suites", suite(name, split)))
        .json()
        .at("/suiteDigest")
        .asString();
  }

  private String startRun(String suite, Digest variant) {
    Answer started =
        awaitStatus(
            202,
            () ->
                ada()
                    .post(
                        "/api/runs",
                        Map.of(
                            "application",
                            APPLICATION,
                            "suiteDigest",
                            suite,
                            "variantDigest",
                            variant,
                            "seed",
                            7)));
    return started.json().at("/runId").asString();
  }

  private Answer awaitState(String run, String state) {
    return await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> ada().get("/api/runs/" + run),
            answer -> answer.json().at("/state").asString().equals(state));
  }

  private String finishedRun(String suite, Digest variant) {
    String run = startRun(suite, variant);
    awaitState(run, "FINISHED");
    return run;
  }

  private Map<String, Object> verdict(String kind, @Nullable String phase, String run) {
    return phase == null
        ? Map.of(
            "application",
            APPLICATION,
            "kind",
            kind,
            "runId",
            run,
            "criteriaDigest",
            CRITERIA_DIGEST)
        : Map.of(
            "application",
            APPLICATION,
            "kind",
            kind,
            "phase",
            phase,
            "runId",
            run,
            "criteriaDigest",
            CRITERIA_DIGEST);
  }

  @Test
  void a_suite_needs_an_admitted_split_and_a_subset_that_is_not_for_training() {
    Digest split = split("gated", false);
    Answer unadmitted =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> ada().post("/api/suites", suite("gated", split)),
                answer -> !answer.json().at("/type").asString().endsWith("not-yet-known"));
    assertThat(unadmitted.status()).isEqualTo(409);
    assertThat(unadmitted.json().at("/type").asString()).isEqualTo("/problems/dataset-unadmitted");
    await()
        .atMost(Duration.ofSeconds(20))
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

    Answer again = ada().changingNothing().post("/api/suites", suite("gated", split));
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
                    "evaluators",
                    List.of("exact")));
    assertThat(train.json().at("/type").asString()).isEqualTo("/problems/training-subset");
  }

  @Test
  void invalid_input_is_refused_by_name() {
    Digest unknown = Digest.ofText("unknown");
    assertThat(ada().post("/api/suites", suite("bad", unknown)).json().at("/type").asString())
        .isEqualTo("/problems/not-yet-known");
    Answer evaluator =
        ada()
            .post(
                "/api/suites",
                Map.of("name", "bad", "splitDigest", unknown, "evaluators", List.of("vibes")));
    assertThat(evaluator.status()).isEqualTo(400);
    assertThat(evaluator.body()).contains("/evaluators");
    assertThat(
            ada()
                .post(
                    "/api/suites",
                    Map.of(
                        "name", "Bad Name", "splitDigest", unknown, "evaluators", List.of("exact")))
                .status())
        .isEqualTo(400);
    Answer lonely =
        ada()
            .post(
                "/api/suites",
                Map.of(
                    "name", "bad", "splitDigest", unknown, "evaluators", List.of("consistency")));
    assertThat(lonely.status()).isEqualTo(422);
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
    String suite = publishedSuite("journey");
    String weak = finishedRun(suite, InferenceFake.WEAK);
    String strong = finishedRun(suite, InferenceFake.STRONG);

    Answer measured = ada().get("/api/runs/" + weak);
    assertThat(measured.json().at("/metrics/accuracy/value").asDouble()).isEqualTo(0.75);
    assertThat(measured.json().at("/metrics/accuracy/low").asDouble()).isBetween(0.6, 0.75);
    assertThat(measured.json().at("/confusion/labels").toString()).isEqualTo("[\"ham\",\"spam\"]");
    assertThat(measured.json().at("/confusion/counts").toString())
        .isEqualTo("[[50,0,0],[25,25,0]]");
    assertThat(measured.json().at("/metrics/cost_per_1000_usd/value").asDouble())
        .isCloseTo(0.01, within(1e-12));
    assertThat(measured.json().at("/cost/amount").asString()).isEqualTo("0.001300");
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

    Answer baseline =
        ada()
            .post(
                "/api/baselines",
                Map.of("application", APPLICATION, "phase", "PROMPT", "runId", weak));
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

    assertThat(
            ada()
                .post("/api/verdicts", verdict("PHASE", "PROMPT", weak))
                .json()
                .at("/outcome")
                .asString())
        .isEqualTo("FAIL");
    assertThat(ada().get("/api/gates/" + APPLICATION + "?variant=" + InferenceFake.STRONG).status())
        .isEqualTo(409);
    Answer passed = ada().post("/api/verdicts", verdict("RELEASE", null, strong));
    assertThat(passed.status()).isEqualTo(201);
    assertThat(passed.json().at("/outcome").asString()).isEqualTo("PASS");
    assertThat(ada().get("/api/gates/" + APPLICATION + "?variant=" + InferenceFake.STRONG).status())
        .isEqualTo(200);
    VerdictIssued issued =
        events.awaitPublished(VerdictIssued.class, event -> event.kind() == VerdictKind.RELEASE);
    assertThat(issued.subjectDigest()).isEqualTo(InferenceFake.STRONG);

    String verdict = passed.json().at("/verdictId").asString();
    assertThat(ada().get("/api/verdicts?application=" + APPLICATION).json().at("/items/0"))
        .isEqualTo(ada().get("/api/verdicts/" + verdict).json());
    Answer replay = ada().get("/api/verdicts/" + verdict + "/replay");
    assertThat(replay.json().at("/equal").asBoolean()).isTrue();
    assertThat(replay.json().at("/criteria"))
        .isEqualTo(ada().get("/api/verdicts/" + verdict).json().at("/criteria"));

    TestClient.As gus = client.as("gus", Workspaces.GLOBEX, Role.PROMPT_ENGINEER);
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

    int before = INFERENCE.callsOf(InferenceFake.STRONG);
    assertThat(
            ada()
                .get("/api/runs/" + finishedRun(suite, InferenceFake.STRONG))
                .json()
                .at("/reusedItems")
                .asInt())
        .isEqualTo(130);
    assertThat(INFERENCE.callsOf(InferenceFake.STRONG)).isEqualTo(before);
  }

  @Test
  void criteria_must_come_first_and_must_be_those_in_force() {
    String application = "late";
    Digest variant = Digest.ofText("late variant");
    Digest early = Digest.ofText("early criteria");
    Digest late = Digest.ofText("late criteria");
    events.publish(
        new VariantCreated(
            application, "v", variant, Digest.ofText("p"), "m", null, null, Map.of(), List.of()),
        variant.hex(),
        1);
    String suite = publishedSuite("late");
    String run =
        awaitStatus(
                202,
                () ->
                    ada()
                        .post(
                            "/api/runs",
                            Map.of(
                                "application",
                                application,
                                "suiteDigest",
                                suite,
                                "variantDigest",
                                variant)))
            .json()
            .at("/runId")
            .asString();
    awaitState(run, "FINISHED");
    events.publish(
        new CriteriaRegistered(application, 1, early, List.of(CRITERIA.getFirst())),
        "criteria/" + application,
        1);
    Map<String, Object> request =
        Map.of(
            "application", application, "kind", "RELEASE", "runId", run, "criteriaDigest", early);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(ada().post("/api/verdicts", request).json().at("/type").asString())
                .isEqualTo("/problems/criteria-after-run"));

    events.publish(
        new CriteriaRegistered(application, 2, late, List.of(CRITERIA.getFirst())),
        "criteria/" + application,
        2);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(
                    ada()
                        .post(
                            "/api/verdicts",
                            Map.of(
                                "application",
                                application,
                                "kind",
                                "RELEASE",
                                "runId",
                                run,
                                "criteriaDigest",
                                late))
                        .json()
                        .at("/type")
                        .asString())
                .isEqualTo("/problems/criteria-after-run"));
    String second =
        ada()
            .post(
                "/api/runs",
                Map.of("application", application, "suiteDigest", suite, "variantDigest", variant))
            .json()
            .at("/runId")
            .asString();
    awaitState(second, "FINISHED");
    assertThat(
            ada()
                .post(
                    "/api/verdicts",
                    Map.of(
                        "application",
                        application,
                        "kind",
                        "RELEASE",
                        "runId",
                        second,
                        "criteriaDigest",
                        early))
                .json()
                .at("/type")
                .asString())
        .isEqualTo("/problems/criteria-superseded");
    assertThat(
            ada()
                .post(
                    "/api/verdicts",
                    Map.of(
                        "application",
                        application,
                        "kind",
                        "RELEASE",
                        "runId",
                        second,
                        "criteriaDigest",
                        late))
                .json()
                .at("/type")
                .asString())
        .isEqualTo("/problems/single-metric-gate");
  }

  @Test
  void a_run_without_answers_fails_and_says_why() {
    String run = startRun(publishedSuite("broken"), InferenceFake.BROKEN);
    Answer failed = awaitState(run, "FAILED");
    assertThat(failed.json().at("/reason").asString())
        .contains("got no answer")
        .endsWith("the last: 400 no such tool");
    assertThat(failed.json().at("/failedItems").asInt()).isBetween(7, 20);
    assertThat(
            ada()
                .post("/api/verdicts", verdict("RELEASE", null, run))
                .json()
                .at("/type")
                .asString())
        .isEqualTo("/problems/run-not-finished");
  }

  /** Stopped between two batches, with a lease that was not released: the state after kill -9. */
  @Test
  void a_killed_run_resumes_and_counts_every_item_once() throws SQLException {
    String suite = publishedSuite("killed");
    String run = startRun(suite, InferenceFake.SLOW);
    await().atMost(Duration.ofSeconds(20)).until(() -> rows(run) >= 32);
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
  void a_guard_halts_a_worse_canary_once() {
    UUID release = Ids.next();
    Digest worse = Digest.ofText("worse");
    Digest former = Digest.ofText("former");
    events.publish(
        new ReleaseChanged(
            release, APPLICATION, "production", worse, former, ReleaseState.CANARY, 50, null),
        release.toString(),
        3);
    for (int report = 1; report <= 3; report++) {
      events.publish(
          new ArmReported(
              release,
              APPLICATION,
              "production",
              former,
              "control",
              Instant.EPOCH,
              40L * report,
              0,
              40L * report,
              38L * report,
              5,
              9),
          release + "/control",
          report);
      events.publish(
          new ArmReported(
              release,
              APPLICATION,
              "production",
              worse,
              "canary",
              Instant.EPOCH,
              40L * report,
              0,
              40L * report,
              20L * report,
              5,
              9),
          release + "/canary",
          report);
    }
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
  }

  private static long rows(String run) throws SQLException {
    try (Connection connection = EmbeddedServers.superuser("evaluation");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT count(*) FROM run_item WHERE run_id = '" + run + "'")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void execute(String update) throws SQLException {
    try (Connection connection = EmbeddedServers.superuser("evaluation");
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(update)).isEqualTo(1);
    }
  }
}
