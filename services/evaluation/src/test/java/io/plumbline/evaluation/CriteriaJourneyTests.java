package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.ModelRegistryEvent.TuningConfirmed;
import io.plumbline.contracts.ModelRegistryEvent.TuningStated;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.StrategyEvent.PhaseChanged;
import io.plumbline.contracts.state.PhaseState;
import io.plumbline.evaluation.projection.Composition;
import io.plumbline.evaluation.projection.VariantProjection;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.Workspaces;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tests what a run is evidence for: the phase of its variant, the criteria that were registered
 * before it, and the suite that these name.
 */
@PlumblineTest
class CriteriaJourneyTests extends EvaluationFixture {

  @Autowired VariantProjection variants;
  @Autowired TransactionTemplate transactions;

  @Test
  void a_phase_is_that_of_the_variant_and_not_of_the_caller() {
    String application = "phases";
    application(application);
    Digest split = split("phases");
    String suite = publishedSuite("phases", split);
    Digest criteria = criteria(application, suite, 4, CRITERIA);
    Digest index = Digest.ofText("index of phases");
    indexed(index, split, "train");
    Digest model = Digest.ofText("model of phases");
    trained(model, split("phases-training"));
    Digest plain = Digest.ofText("plain");
    Digest retrieval = Digest.ofText("retrieval");
    Digest tuned = Digest.ofText("tuned");
    Digest hybrid = Digest.ofText("hybrid");
    variant(application, plain);
    variant(application, retrieval, "local/choice", null, index);
    variant(application, tuned, "triage@1", model, null);
    variant(application, hybrid, "triage@1", model, index);

    Map<Digest, String> phases = new HashMap<>();
    String last = "";
    for (Digest variant : List.of(plain, retrieval, tuned, hybrid)) {
      String run = finishedRun(application, suite, variant);
      last = run;
      phases.put(variant, baseline(application, run).json().at("/phase").asString());
      assertThat(verdict(application, "PHASE", run, criteria).json().at("/phase").asString())
          .isEqualTo(phases.get(variant));
    }
    assertThat(phases)
        .isEqualTo(
            Map.of(
                plain, "PROMPT", retrieval, "RETRIEVAL", tuned, "FINE_TUNING", hybrid, "HYBRID"));

    Answer stated =
        ada()
            .post(
                "/api/baselines",
                Map.of("application", application, "phase", "RETRIEVAL", "runId", last));
    assertThat(stated.status()).isEqualTo(400);
    assertThat(stated.body()).contains("phase");
  }

  @Test
  void a_model_that_its_provider_tuned_counts_as_fine_tuning_once_that_is_confirmed() {
    String application = "tuned-elsewhere";
    application(application);
    Digest split = split("tuned-elsewhere");
    String suite = publishedSuite("tuned-elsewhere", split);
    criteria(application, suite, 4, CRITERIA);
    Digest byId = Digest.ofText("tuned by its id");
    Digest listed = Digest.ofText("tuned by the catalogue");
    Digest stated = Digest.ofText("tuned by a statement");
    variant(application, byId, "openai/ft:gpt-4o-mini:acme::1", null, null);
    variant(application, listed, "acme/listed", null, null);
    variant(application, stated, "acme/stated", null, null);
    UUID statement = UUID.randomUUID();
    events.publish(
        new TuningStated(statement, "acme/stated", "tuned by us", "ada"), statement.toString(), 1);
    Money free = Money.usd(BigDecimal.ZERO);
    events.publish(
        new BaseModelListed(
            "acme/listed",
            Digest.ofText("listed"),
            "acme",
            8_000,
            free,
            null,
            free,
            "proprietary",
            null,
            false,
            null,
            true),
        "acme/listed",
        1);

    assertThat(phase(application, finishedRun(application, suite, byId))).isEqualTo("FINE_TUNING");
    assertThat(phase(application, finishedRun(application, suite, listed)))
        .isEqualTo("FINE_TUNING");
    String run = finishedRun(application, suite, stated);
    assertThat(phase(application, run)).isEqualTo("PROMPT");

    events.publish(
        new TuningConfirmed(statement, "acme/stated", "ada", "ben"), statement.toString(), 2);

    Caller acme = Caller.system(Workspaces.ACME);
    await()
        .until(
            () ->
                acme.call(() -> transactions.execute(status -> variants.find(stated)))
                    .orElseThrow()
                    .composition(),
            Composition.FINE_TUNING::equals);
  }

  private void retrievalPhase(String application, PhaseState state, long version) {
    List<String> missing =
        state == PhaseState.LOCKED ? List.of("a verdict on the prompt phase") : List.of();
    events.publish(
        new PhaseChanged(application, Phase.RETRIEVAL, state, missing, List.of(), null),
        application + "/RETRIEVAL",
        version);
  }

  private String phase(String application, String run) {
    return baseline(application, run).json().at("/phase").asString();
  }

  @Test
  void retrieval_is_not_judged_before_its_phase_is_open() {
    String application = "earlier";
    application(application);
    Digest split = split("earlier");
    String suite = publishedSuite("earlier", split);
    criteria(application, suite, 4, CRITERIA);
    Digest index = Digest.ofText("index of early retrieval");
    indexed(index, split, "train");
    Digest plain = Digest.ofText("plain before retrieval");
    Digest retrieval = Digest.ofText("early retrieval");
    variant(application, plain);
    variant(application, retrieval, "local/choice", null, index);
    retrievalPhase(application, PhaseState.LOCKED, 1);

    Answer refused =
        awaitProblem(
            "phase-locked", () -> ada().post("/api/runs", run(application, suite, retrieval)));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("a verdict on the prompt phase");
    finishedRun(application, suite, plain);

    retrievalPhase(application, PhaseState.OPEN, 2);
    finishedRun(application, suite, retrieval);
  }

  @Test
  void a_bare_models_run_counts_for_no_phase() {
    String application = "bare";
    application(application);
    String suite = publishedSuite("bare", split("bare"));
    Digest criteria = criteria(application, suite);
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
                                "model",
                                "local/choice")))
            .json()
            .at("/runId")
            .asString();
    awaitState(run, "FINISHED");
    assertThat(problem(baseline(application, run))).isEqualTo("no-phase");
    assertThat(problem(verdict(application, "PHASE", run, criteria))).isEqualTo("no-phase");
    assertThat(problem(verdict(application, "RELEASE", run, criteria))).isEqualTo("no-phase");
  }

  @Test
  void criteria_come_first_and_name_the_suite() {
    String application = "first";
    application(application);
    Digest variant = Digest.ofText("first variant");
    variant(application, variant);
    String suite = publishedSuite("first", split("first"));
    Map<String, Object> run = run(application, suite, variant);

    awaitProblem("criteria-required", () -> ada().post("/api/runs", run));
    Digest other = criteria(application, Digest.ofText("another suite").hex());
    Digest single =
        criteria(application, suite, 2, List.of(CRITERIA.getFirst(), CRITERIA.getFirst()));
    awaitProblem("single-metric-gate", () -> ada().post("/api/runs", run));
    Digest named = criteria(application, suite);
    String finished = finishedRun(application, suite, variant);
    assertThat(problem(verdict(application, "RELEASE", finished, other)))
        .isEqualTo("criteria-superseded");
    assertThat(problem(verdict(application, "RELEASE", finished, single)))
        .isEqualTo("criteria-superseded");

    Digest late = criteria(application, suite);
    awaitProblem("criteria-after-run", () -> verdict(application, "RELEASE", finished, late));
    Answer verdict = verdict(application, "RELEASE", finished, named);
    assertThat(verdict.status()).isEqualTo(201);
    assertThat(verdict.json().at("/supersededBy").asString()).isEqualTo("NEW_CRITERIA");
  }

  @Test
  void a_suite_over_validation_is_exploration_whatever_the_criteria_say() {
    String application = "explored";
    application(application);
    Digest variant = Digest.ofText("explored variant");
    variant(application, variant);
    String suite = publishedSuite(suite("explored", split("explored"), "validation"));
    Digest criteria = criteria(application, suite);
    String run = finishedRun(application, suite, variant);
    assertThat(ada().get("/api/runs/" + run).json().at("/criteriaVersion").isNull()).isTrue();
    assertThat(problem(baseline(application, run))).isEqualTo("exploration-only");
    assertThat(problem(verdict(application, "RELEASE", run, criteria)))
        .isEqualTo("exploration-only");
  }

  @Test
  void criteria_that_come_after_the_data_need_a_second_person_and_say_so() {
    Digest split = split("after-data");
    String suite = publishedSuite("after-data", split);
    String other = publishedSuite("after-data-again", split);
    Digest variant = Digest.ofText("variant that was seen first");
    Digest same = Digest.ofText("the same variant in a second application");
    application("before-data");
    variant("before-data", variant);
    Digest before = criteria("before-data", suite, 4, CRITERIA, CriteriaPurpose.RELEASE, false);
    String run = finishedRun("before-data", suite, variant);
    assertThat(
            verdict("before-data", "RELEASE", run, before).json().at("/afterData").asBoolean(true))
        .isFalse();

    application("after-data");
    variant("after-data", same);
    criteria("after-data", other, 4, CRITERIA, CriteriaPurpose.RELEASE, false);
    awaitProblem(
        "criteria-after-data", () -> ada().post("/api/runs", run("after-data", other, same)));
    Digest approved = criteria("after-data", other, 4, CRITERIA, CriteriaPurpose.RELEASE, true);
    String late = finishedRun("after-data", other, same);
    Answer verdict = verdict("after-data", "RELEASE", late, approved);

    assertThat(verdict.json().at("/afterData").asBoolean()).isTrue();
    assertThat(verdict.json().at("/models/0").asString()).isEqualTo("local/choice");
    assertThat(verdict.json().at("/retries").asInt(-1)).isZero();
    // Stricter criteria do not need the second person again, and are still after the data.
    criteria("after-data", other, 4, CRITERIA, CriteriaPurpose.RELEASE, false);
    Digest third = Digest.ofText("a third variant");
    variant("after-data", third);
    finishedRun("after-data", other, third);
  }

  @Test
  void criteria_that_were_tightened_after_the_data_say_so_too() {
    String application = "tightened";
    application(application);
    String suite = publishedSuite("tightened", split("tightened"));
    Digest first = Digest.ofText("variant before the criteria were tightened");
    Digest second = Digest.ofText("variant after the criteria were tightened");
    List.of(first, second).forEach(variant -> variant(application, variant));
    Digest before = criteria(application, suite, 4, CRITERIA, CriteriaPurpose.RELEASE, false);
    String early = finishedRun(application, suite, first);
    Digest tightened = criteria(application, suite, 4, CRITERIA, CriteriaPurpose.RELEASE, false);
    awaitProblem("criteria-after-run", () -> verdict(application, "RELEASE", early, tightened));
    String late = finishedRun(application, suite, second);

    assertThat(afterData(verdict(application, "RELEASE", early, before))).isEqualTo("false");
    assertThat(afterData(verdict(application, "RELEASE", late, tightened))).isEqualTo("true");
  }

  private static String afterData(Answer verdict) {
    return verdict.json().at("/afterData").asString();
  }
}
