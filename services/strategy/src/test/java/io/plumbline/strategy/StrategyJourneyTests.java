package io.plumbline.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.ComplianceEvent.ReceiptIssued;
import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionPublished;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.BaselineRecorded;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.contracts.EvaluationEvent.RunFinished;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.UsageReported;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.StrategyEvent.AssessmentCompleted;
import io.plumbline.contracts.StrategyEvent.CostModelComputed;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.contracts.StrategyEvent.PhaseChanged;
import io.plumbline.contracts.StrategyEvent.RecommendationIssued;
import io.plumbline.contracts.StrategyEvent.WaiverRequested;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Decision;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.PhaseState;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import io.plumbline.platform.test.fault.Redelivery;
import io.plumbline.platform.web.PageToken;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/**
 * Follows an application on real PostgreSQL and Kafka: it is registered, assessed, judged, waived
 * and recommended.
 */
@PlumblineTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StrategyJourneyTests {

  private static final Map<String, Object> ACCURACY =
      Map.of(
          "metric",
          "accuracy",
          "kind",
          "TASK_QUALITY",
          "direction",
          "AT_LEAST",
          "threshold",
          0.85,
          "alternative",
          0.93,
          "margin",
          0.02,
          "sampleSize",
          300);
  private static final Map<String, Object> LATENCY =
      Map.of(
          "metric",
          "latency_p95_ms",
          "kind",
          "LATENCY",
          "direction",
          "AT_MOST",
          "threshold",
          2_000,
          "alternative",
          1_000,
          "margin",
          500,
          "sampleSize",
          300);
  private static final Map<String, Object> ANSWERS =
      Map.of(
          "dataAvailability",
          "ABUNDANT",
          "specificity",
          "SPECIALISED",
          "performanceTarget",
          "HIGH",
          "resources",
          "LIMITED");

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private TestClient.TestCaller ada() {
    return client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
  }

  /** Publishes the suites of an application, and registers it. */
  private Answer register(String name) {
    publish(suite(name));
    publish(exploring(name));
    return ada()
        .post(
            "/api/applications",
            Map.of(
                "name",
                name,
                "purpose",
                "Sort mail",
                "owner",
                "support",
                "criticality",
                "MEDIUM",
                "task",
                "CLASSIFICATION",
                "monthlyVolume",
                100_000));
  }

  private static Map<String, Object> criteriaOf(String name, List<Map<String, Object>> criteria) {
    return Map.of(
        "suiteDigest", suite(name).suiteDigest(), "candidatesPerPhase", 2, "criteria", criteria);
  }

  /** Returns the suite of an application, over items of its own. */
  private static SuitePublished suite(String name) {
    return StrategyFixture.suiteOfOwnItems("suite-" + name);
  }

  private static SuitePublished exploring(String name) {
    return StrategyFixture.exploringBeside("suite-" + name);
  }

  private void publish(SuitePublished suite) {
    events.publish(suite, suite.suite(), 1);
    events.publish(
        StrategyFixture.trivialScores(suite), "trivial-scores/" + suite.suiteDigest(), 1);
  }

  private Digest criteria(String name) {
    Answer answer =
        await()
            .until(
                () ->
                    ada()
                        .post(
                            "/api/applications/" + name + "/criteria",
                            criteriaOf(name, List.of(ACCURACY, LATENCY))),
                each -> each.status() != 409);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return new Digest(answer.json().at("/criteriaDigest").asString());
  }

  private void verdict(String name, Phase phase, Outcome outcome, Digest criteria, String variant) {
    UUID id = Ids.next();
    events.publish(
        new VerdictIssued(
            id,
            VerdictKind.PHASE,
            name,
            1,
            phase,
            Digest.ofText(variant),
            criteria,
            1,
            Digest.ofText("suite"),
            Ids.next(),
            null,
            outcome,
            List.of("because"),
            null,
            null),
        id.toString(),
        1);
  }

  private void run(String name, String variant, double accuracy, boolean indexed) {
    run(name, suite(name), variant, accuracy, indexed);
  }

  private void run(
      String name, SuitePublished suite, String variant, double accuracy, boolean indexed) {
    Digest digest = Digest.ofText(variant);
    events.publish(
        new VariantCreated(
            name,
            variant,
            digest,
            Digest.ofText("prompt"),
            "local/choice",
            Digest.ofText("model"),
            null,
            indexed ? Digest.ofText("index") : null,
            Map.of(),
            null,
            null,
            null,
            null,
            List.of("ada")),
        digest.hex(),
        1);
    UUID id = Ids.next();
    events.publish(
        new RunFinished(
            id,
            name,
            suite.suiteDigest(),
            digest,
            RunOutcome.SUCCEEDED,
            400,
            0,
            Digest.ofText("outputs"),
            Map.of(
                "accuracy",
                new Measure(accuracy, accuracy - 0.02, accuracy + 0.02),
                "latency_p95_ms",
                new Measure(90, null, null),
                "cost_per_1000_usd",
                new Measure(indexed ? 0.4 : 0.1, null, null)),
            Money.usd("0.04"),
            null,
            null),
        id.toString(),
        1);
  }

  private String states(String name) {
    StringBuilder states = new StringBuilder();
    for (JsonNode phase : ada().get("/api/applications/" + name + "/phases").json().get("items")) {
      states.append(phase.get("state").asString()).append(' ');
    }
    return states.toString().strip();
  }

  @Test
  void an_application_begins_with_four_locked_phases_that_say_what_is_missing() {
    assertThat(register("new-application").status()).isEqualTo(201);

    assertThat(register("new-application").status()).isEqualTo(409);
    assertThat(states("new-application")).isEqualTo("LOCKED LOCKED LOCKED LOCKED");
    PhaseChanged tuning =
        events.awaitPublished(
            PhaseChanged.class,
            event ->
                event.application().equals("new-application")
                    && event.phase() == Phase.FINE_TUNING);
    assertThat(tuning.state()).isEqualTo(PhaseState.LOCKED);
    assertThat(tuning.missingEvidence())
        .hasSize(5)
        .first()
        .isEqualTo("registered success criteria");
  }

  @Test
  void criteria_are_registered_once_and_shown_with_their_receipt() {
    register("judged");
    Digest digest = criteria("judged");
    Answer narrow =
        ada().post("/api/applications/judged/criteria", criteriaOf("judged", List.of(ACCURACY)));
    assertThat(narrow.status()).isEqualTo(409);
    assertThat(narrow.json().at("/type").asString()).isEqualTo("/problems/single-metric-gate");

    assertThat(
            ada()
                .expectingNoEvent()
                .post(
                    "/api/applications/judged/criteria",
                    criteriaOf("judged", List.of(ACCURACY, LATENCY)))
                .status())
        .isEqualTo(200);
    Map<String, Object> trivial = new HashMap<>(ACCURACY);
    trivial.put("threshold", 0.1);
    Answer met =
        ada()
            .post(
                "/api/applications/judged/criteria",
                criteriaOf("judged", List.of(trivial, LATENCY)));
    assertThat(met.json().at("/type").asString()).isEqualTo("/problems/trivial-criteria");
    assertThat(met.json().at("/errors/0").toString())
        .isEqualTo(
            "{\"pointer\":\"/criteria/0/threshold\",\"detail\":\"must be above 0.4: a variant that"
                + " always answers 'spam' has 0.400 of accuracy\"}");
    Map<String, Object> easier = new HashMap<>(ACCURACY);
    easier.put("threshold", 0.5);
    assertThat(
            ada()
                .post(
                    "/api/applications/judged/criteria",
                    criteriaOf("judged", List.of(easier, LATENCY)))
                .json()
                .at("/type")
                .asString())
        .isEqualTo("/problems/looser-criteria");
    Map<String, Object> proposed = new HashMap<>(criteriaOf("judged", List.of(easier, LATENCY)));
    proposed.put("reason", "The labels of a tenth of the rows are disputed");
    Answer requested = ada().post("/api/applications/judged/criteria-proposals", proposed);
    assertThat(requested.status()).as(requested.body()).isEqualTo(202);
    assertThat(
            ada()
                .get("/api/applications/judged/criteria-proposals")
                .json()
                .at("/items/0/proposalId"))
        .isEqualTo(requested.json().at("/proposalId"));
    CriteriaRegistered published =
        events.awaitPublished(
            CriteriaRegistered.class, event -> event.application().equals("judged"));
    assertThat(published.criteriaDigest()).isEqualTo(digest);
    assertThat(
            ada().get("/api/applications/judged/criteria").json().at("/items/0/receipt").isNull())
        .isTrue();
    UUID event = eventId("judged");
    events.publish(
        new ReceiptIssued(
            "strategy", event, EventTypes.typeOf(CriteriaRegistered.class), "judged", 42),
        event.toString(),
        1);
    await()
        .untilAsserted(() ->
            assertThat(
                    ada()
                        .get("/api/applications/judged/criteria")
                        .json()
                        .at("/items/0/receipt/ledgerIndex")
                        .asInt())
                .isEqualTo(42));
    assertThat(events.read("plumbline.strategy"))
        .anyMatch(
            message -> TestEventClient.header(message, "ce_type").endsWith("action.denied.v1"));
  }

  private UUID eventId(String application) {
    return events.read("plumbline.strategy").stream()
        .filter(message ->
            TestEventClient.header(message, "ce_type")
                .equals(EventTypes.typeOf(CriteriaRegistered.class)))
        .filter(message -> TestEventClient.header(message, "ce_subject").equals(application))
        .map(message -> UUID.fromString(TestEventClient.header(message, "ce_id")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void verdicts_move_the_phases_and_a_waiver_by_a_second_person_opens_the_last() {
    register("phased");
    Digest criteria = criteria("phased");
    assertThat(states("phased")).isEqualTo("OPEN LOCKED LOCKED LOCKED");
    run("phased", exploring("phased"), "v0", 0.6, false);
    run("phased", exploring("phased"), "v1", 0.7, false);
    run("phased", "v2", 0.9, true);
    events.publish(
        new BaselineRecorded(
            "phased",
            Phase.PROMPT,
            Ids.next(),
            Digest.ofText("v1"),
            Digest.ofText("suite"),
            Map.of()),
        "phased",
        1);
    verdict("phased", Phase.PROMPT, Outcome.FAIL, criteria, "v1");
    await()
        .untilAsserted(() -> assertThat(states("phased")).isEqualTo("MISSED OPEN LOCKED LOCKED"));
    verdict("phased", Phase.RETRIEVAL, Outcome.PASS, criteria, "v2");
    await().untilAsserted(() -> assertThat(states("phased")).isEqualTo("MISSED MET LOCKED LOCKED"));

    Answer requested =
        ada()
            .post(
                "/api/applications/phased/waivers",
                Map.of(
                    "phase", "FINE_TUNING", "reason", "A bounded trial before the volume doubles"));
    assertThat(requested.status()).isEqualTo(202);
    UUID waiver = UUID.fromString(requested.json().at("/waiverId").asString());
    WaiverRequested published =
        events.awaitPublished(WaiverRequested.class, event -> event.waiverId().equals(waiver));
    assertThat(published.requester()).isEqualTo("ada");
    events.publish(
        new ApprovalDecided(
            Ids.next(),
            Ids.next(),
            "waiver.requested",
            waiver,
            published.digest(),
            Decision.APPROVED,
            "ben",
            null,
            null,
            null,
            null),
        waiver.toString(),
        1);

    await().untilAsserted(() -> assertThat(states("phased")).isEqualTo("MISSED MET WAIVED LOCKED"));
    PhaseChanged changed =
        events.awaitPublished(
            PhaseChanged.class,
            event -> event.application().equals("phased") && event.state() == PhaseState.WAIVED);
    assertThat(changed)
        .isEqualTo(
            new PhaseChanged(
                "phased", Phase.FINE_TUNING, PhaseState.WAIVED, List.of(), List.of(), waiver));
    assertThat(
            ada()
                .post(
                    "/api/applications/phased/waivers",
                    Map.of("phase", "FINE_TUNING", "reason", "Once more, please"))
                .status())
        .isEqualTo(409);
    assertThat(
            ada()
                .get("/api/applications/phased/waivers")
                .json()
                .at("/items")
                .valueStream()
                .map(each -> each.path("waiverId").asString()))
        .containsExactly(waiver.toString());
  }

  @Test
  void an_assessment_follows_the_evidence_without_retyping() {
    register("assessed");
    Answer first = ada().post("/api/applications/assessed/assessments", ANSWERS);
    assertThat(first.status()).as(first.body()).isEqualTo(201);
    assertThat(first.json().at("/approach").asString()).isEqualTo("RAG");
    assertThat(first.json().at("/smallestFlip/question").asString()).isEqualTo("RESOURCES");
    events.awaitPublished(
        AssessmentCompleted.class, event -> event.application().equals("assessed"));

    criteria("assessed");
    run("assessed", "assessed-v1", 0.9, false);
    await()
        .untilAsserted(() ->
            assertThat(
                    ada()
                        .get("/api/applications/assessed/assessment")
                        .json()
                        .at("/approach")
                        .asString())
                .isEqualTo("PROMPT_ENGINEERING"));
    assertThat(
            ada()
                .get("/api/applications/assessed/assessments")
                .json()
                .at("/items/0/approach")
                .asString())
        .isEqualTo("RAG");
  }

  @Test
  void a_dataset_that_is_named_answers_for_the_data_once_it_is_known() {
    register("fed");
    Map<String, Object> answers =
        Map.of(
            "specificity",
            "SPECIALISED",
            "performanceTarget",
            "HIGH",
            "resources",
            "AMPLE",
            "dataset",
            "fed-mails");
    assertThat(
            ada().post("/api/applications/fed/assessments", answers).json().at("/type").asString())
        .isEqualTo("/problems/not-yet-known");
    events.publish(
        new DatasetVersionPublished(
            "fed-mails",
            1,
            "CLASSIFICATION",
            Digest.ofText("d"),
            Digest.ofText("r"),
            5_000,
            Map.of("spam", 2_000L, "rest", 3_000L),
            0,
            true),
        "fed-mails",
        1);
    await()
        .untilAsserted(() ->
            assertThat(ada().post("/api/applications/fed/assessments", answers).status())
                .isEqualTo(201));
    assertThat(ada().get("/api/applications/fed/assessment").json().at("/approach").asString())
        .isEqualTo("HYBRID");
  }

  @Test
  void the_simplest_sufficient_variant_is_recommended_and_the_page_shows_all() {
    register("chosen");
    assertThat(
            ada().post("/api/applications/chosen/recommendations", Map.of()).json().at("/missing"))
        .hasSize(2);
    Digest criteria = criteria("chosen");
    run("chosen", "few-shot", 0.75, false);
    run("chosen", "retrieval", 0.92, true);
    verdict("chosen", Phase.RETRIEVAL, Outcome.PASS, criteria, "retrieval");
    UUID release = Ids.next();
    events.publish(
        new ReleaseChanged(
            release,
            "chosen",
            "production",
            Digest.ofText("retrieval"),
            null,
            ReleaseState.ACTIVE,
            100,
            null,
            0),
        release.toString(),
        3);
    events.publish(
        new UsageReported(
            Instant.now(),
            "chosen",
            Digest.ofText("retrieval"),
            "local/choice",
            null,
            120,
            0,
            0,
            9_000,
            0,
            600,
            0,
            7,
            Money.usd("0.05"),
            Digest.ofText("records"),
            120L),
        "chosen",
        1);
    await()
        .untilAsserted(() -> {
          JsonNode page = ada().get("/api/applications/chosen/overview").json();
          assertThat(page.at("/variants/1/verdict/outcome").asString()).isEqualTo("PASS");
          assertThat(page.at("/releases/0/state").asString()).isEqualTo("ACTIVE");
          assertThat(page.at("/usage/requests").asInt()).isEqualTo(120);
          assertThat(page.at("/usage/unpricedRequests").asInt()).isEqualTo(7);
          assertThat(page.at("/usage/fullDays").asInt(-1)).isZero();
          assertThat(page.at("/usage/monthlyPace").isNull()).isTrue();
        });

    Answer issued = ada().post("/api/applications/chosen/recommendations", Map.of());
    assertThat(issued.status()).as(issued.body()).isEqualTo(201);
    assertThat(issued.json().at("/variantDigest").asString())
        .isEqualTo(Digest.ofText("retrieval").hex());
    assertThat(issued.json().at("/approach").asString()).isEqualTo("RAG");
    assertThat(issued.json().at("/rationale").asString())
        .startsWith("'retrieval' is the simplest approach that meets the registered criteria");
    assertThat(ada().get("/api/applications/chosen/recommendations").json().at("/items/0"))
        .isEqualTo(issued.json());
    RecommendationIssued published =
        events.awaitPublished(
            RecommendationIssued.class, event -> event.application().equals("chosen"));
    assertThat(published.rationale()).isEqualTo(issued.json().at("/rationale").asString());
    assertThat(
            ada()
                .get("/api/applications/chosen/overview")
                .json()
                .at("/recommendation/recommendationId")
                .asString())
        .isEqualTo(published.recommendationId().toString());
  }

  @Test
  void a_cost_model_shows_lines_bands_and_crossovers() {
    Answer answer =
        ada().post("/api/cost-models", Map.of("profile", "SMALL", "monthlyVolume", 10_000));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.json().at("/totals/0/monthly/amount").asString()).isEqualTo("50");
    assertThat(answer.json().at("/breakEven")).hasSize(6);
    assertThat(ada().get(answer.header("Location")).json()).isEqualTo(answer.json());
    events.awaitPublished(
        CostModelComputed.class,
        event -> answer.header("Location").endsWith(event.costModelId().toString()));
    assertThat(
            ada()
                .post("/api/cost-models", Map.of("monthlyVolume", -1))
                .json()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("/monthlyVolume");
    assertThat(ada().post("/api/cost-models", Map.of("application", "nowhere")).status())
        .isEqualTo(409);
  }

  @Test
  void the_cost_models_of_an_application_are_listed_apart() {
    register("costed");
    ada().post("/api/cost-models", Map.of("profile", "SMALL"));
    String id =
        ada()
            .post("/api/cost-models", Map.of("application", "costed"))
            .json()
            .at("/costModelId")
            .asString();

    assertThat(ada().get("/api/cost-models").json().at("/total/value").asInt()).isGreaterThan(1);
    JsonNode own = ada().get("/api/cost-models?application=costed").json();
    assertThat(own.at("/items")).hasSize(1);
    assertThat(own.at("/items/0/costModelId").asString()).isEqualTo(id);
    assertThat(own.at("/total/value").asInt()).isEqualTo(1);
  }

  @Test
  void bad_input_is_named_and_other_workspaces_see_nothing() {
    register("private");
    TestClient.TestCaller gus = client.as("gus", Workspaces.GLOBEX, Role.ML_ENGINEER);
    for (String path :
        List.of(
            "",
            "/overview",
            "/phases",
            "/criteria",
            "/criteria-proposals",
            "/waivers",
            "/assessments",
            "/assessment",
            "/recommendations")) {
      assertThat(gus.get("/api/applications/private" + path).status()).as(path).isEqualTo(404);
    }
    assertThat(
            gus.post(
                    "/api/applications/private/criteria",
                    criteriaOf("private", List.of(ACCURACY, LATENCY)))
                .status())
        .isEqualTo(404);
    assertThat(gus.post("/api/applications/private/recommendations", Map.of()).status())
        .isEqualTo(404);
    assertThat(gus.get("/api/applications").json().get("items")).isEmpty();

    assertThat(
            ada()
                .post("/api/applications/private/assessments", Map.of("specificity", "ODD"))
                .json()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("/specificity");
    assertThat(
            ada()
                .post(
                    "/api/applications/private/waivers",
                    Map.of("phase", "PROMPT", "reason", "No time for criteria"))
                .status())
        .isEqualTo(409);
    assertThat(
            ada()
                .post(
                    "/api/applications/private/waivers",
                    Map.of("phase", "FINE_TUNING", "reason", "short"))
                .status())
        .isEqualTo(400);
    assertThat(
            ada()
                .post(
                    "/api/applications/private/waivers",
                    Map.of("phase", "FINE_TUNING", "reason", "a reason with \0"))
                .status())
        .isEqualTo(400);
    for (String list :
        List.of(
            "/api/cost-models",
            "/api/applications/private/waivers",
            "/api/applications/private/criteria-proposals")) {
      assertThat(ada().get(list + "?pageToken=" + PageToken.encode(List.of("x"))).status())
          .as(list)
          .isEqualTo(400);
    }
    assertThat(
            client
                .as("vera", Role.VIEWER)
                .post("/api/applications/private/assessments", ANSWERS)
                .status())
        .isEqualTo(403);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void events_delivered_thrice_and_shuffled_lead_to_the_same_state() {
    new Redelivery(events, "strategy")
        .emptying(
            "run", "comparison", "variant", "tuned_model", "release", "usage", "dataset_version")
        .emptying("suite", "trivial_scores", "split", "training_job", "verdict", "baseline")
        // Phases are recomputed several times on the way, first from a part of the evidence.
        .ignoringColumns("phase", "version", "changed_at")
        .allowingRepublished(PhaseChanged.class)
        .verifyStateUnchanged();
  }
}
