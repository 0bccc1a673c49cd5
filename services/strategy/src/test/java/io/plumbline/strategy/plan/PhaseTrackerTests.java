package io.plumbline.strategy.plan;

import static io.plumbline.strategy.StrategyFixture.ACCURACY;
import static io.plumbline.strategy.StrategyFixture.LATENCY;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.StrategyEvent.PhaseChanged;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Decision;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.PhaseState;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.strategy.StrategyFixture;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.assessment.Answers;
import io.plumbline.strategy.assessment.Assessments;
import io.plumbline.strategy.projection.ProjectionFeed;
import io.plumbline.strategy.projection.ProjectionReader;
import io.plumbline.strategy.projection.Verdict;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests how each kind of evidence changes the stored phases, and which changes are published. */
@PlumblineTest
class PhaseTrackerTests {

  @Autowired ApplicationCatalog catalog;
  @Autowired CriteriaService criteria;
  @Autowired PhaseTracker phases;
  @Autowired Waivers waivers;
  @Autowired Assessments assessments;
  @Autowired ProjectionFeed feed;
  @Autowired ProjectionReader projections;
  @Autowired TestEventClient events;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  private static final Digest INDEX = Digest.ofText("index");

  private final StrategyFixture fixture = new StrategyFixture();
  private final String application = fixture.unique("phased");
  private long sequence;

  @BeforeEach
  void register() throws Exception {
    fixture.as(() -> catalog.register(StrategyFixture.registration(application)));
    fixture.run(() -> {
      feed.add(StrategyFixture.SUITE, fixture.metadata());
      feed.add(StrategyFixture.VALIDATION, fixture.metadata());
    });
    variant("prompt", null);
    variant("few-shot", null);
    variant("retrieval-4", INDEX);
    variant("retrieval", INDEX);
    explored("prompt", 0.6);
    explored("few-shot", 0.7);
    explored("retrieval-4", 0.7);
    explored("retrieval", 0.8);
  }

  @Test
  void a_new_application_has_four_locked_phases() throws Exception {
    assertThat(states()).isEqualTo("LOCKED LOCKED LOCKED LOCKED");
  }

  @Test
  void criteria_open_the_prompt_phase() throws Exception {
    registerCriteria();

    assertThat(states()).isEqualTo("OPEN LOCKED LOCKED LOCKED");
  }

  @Test
  void a_verdict_decides_its_phase_and_opens_the_next() throws Exception {
    Digest digest = registerCriteria();

    verdict("few-shot", Outcome.FAIL, digest);

    assertThat(states()).isEqualTo("MISSED OPEN LOCKED LOCKED");
  }

  @Test
  void fine_tuning_opens_with_two_misses_and_two_baselines() throws Exception {
    Digest digest = registerCriteria();

    verdict("few-shot", Outcome.FAIL, digest);
    verdict("retrieval", Outcome.FAIL, digest);
    assertThat(states()).isEqualTo("MISSED MISSED LOCKED LOCKED");
    baseline("few-shot");
    assertThat(states()).isEqualTo("MISSED MISSED LOCKED LOCKED");
    baseline("retrieval");

    assertThat(states()).isEqualTo("MISSED MISSED OPEN LOCKED");
  }

  /** The verdict claims any phase for one weak run, which would be the shortest way to training. */
  @Test
  void one_weak_run_opens_nothing_whatever_phase_it_claims() throws Exception {
    Digest digest = registerCriteria();
    variant("weak", null);

    for (Phase claimed : List.of(Phase.PROMPT, Phase.RETRIEVAL)) {
      fixture.run(() -> {
        feed.add(
            StrategyFixture.verdict(
                application, claimed, Digest.ofText("weak"), Outcome.FAIL, digest),
            fixture.metadata());
        feed.add(StrategyFixture.baseline(application, claimed, "weak"), fixture.metadata());
      });
    }

    assertThat(states()).isEqualTo("OPEN LOCKED LOCKED LOCKED");
  }

  @Test
  void a_verdict_counts_for_the_phase_that_its_variant_is_of() throws Exception {
    Digest digest = registerCriteria();

    fixture.run(() ->
        feed.add(
            StrategyFixture.verdict(
                application, Phase.PROMPT, Digest.ofText("retrieval"), Outcome.PASS, digest),
            fixture.metadata()));

    assertThat(states()).isEqualTo("OPEN MET LOCKED LOCKED");
  }

  @Test
  void a_better_variant_on_validation_reopens_the_phase() throws Exception {
    Digest digest = registerCriteria();
    verdict("few-shot", Outcome.FAIL, digest);
    assertThat(states()).isEqualTo("MISSED OPEN LOCKED LOCKED");

    variant("chain-of-thought", null);
    explored("chain-of-thought", 0.9);

    assertThat(states()).isEqualTo("OPEN LOCKED LOCKED LOCKED");
  }

  @Test
  void verdicts_under_former_criteria_open_nothing() throws Exception {
    Digest digest = registerCriteria();
    verdict("few-shot", Outcome.FAIL, digest);
    assertThat(states()).isEqualTo("MISSED OPEN LOCKED LOCKED");

    fixture.as(() ->
        criteria.register(
            application,
            new ProposedCriteria(
                StrategyFixture.SUITE.suiteDigest(),
                6,
                2,
                List.of(ACCURACY, LATENCY),
                CriteriaPurpose.RELEASE)));

    assertThat(states()).isEqualTo("OPEN LOCKED LOCKED LOCKED");
  }

  @Test
  void a_verdict_for_a_release_supersedes_that_of_the_phase() throws Exception {
    Digest digest = registerCriteria();
    verdict("few-shot", Outcome.PASS, digest);
    assertThat(states()).isEqualTo("MET OPEN LOCKED LOCKED");

    fixture.run(() ->
        feed.add(
            new VerdictIssued(
                UUID.randomUUID(),
                VerdictKind.RELEASE,
                application,
                ++sequence,
                null,
                Digest.ofText("few-shot"),
                digest,
                1,
                Digest.ofText("suite"),
                UUID.randomUUID(),
                null,
                Outcome.FAIL,
                List.of(),
                null,
                null),
            fixture.metadata()));

    assertThat(states()).isEqualTo("MISSED OPEN LOCKED LOCKED");
  }

  /**
   * The number alone decides which verdict is newer, because the clocks of replicas differ and
   * events may arrive late.
   */
  @Test
  void the_verdict_of_the_larger_number_is_the_newer_one_whatever_its_time() throws Exception {
    Digest digest = registerCriteria();

    verdict(2, "few-shot", Outcome.PASS, digest);
    verdict(1, "few-shot", Outcome.FAIL, digest);

    assertThat(states()).isEqualTo("MET OPEN LOCKED LOCKED");
    assertThat(fixture.as(() -> projections.verdicts(application)))
        .extracting(Verdict::outcome)
        .containsExactly(Outcome.PASS, Outcome.FAIL);
  }

  @Test
  void a_verdict_counts_once_its_variant_is_known() throws Exception {
    Digest digest = registerCriteria();
    verdict("late", Outcome.PASS, digest);
    assertThat(states()).isEqualTo("OPEN LOCKED LOCKED LOCKED");

    variant("late", null);

    assertThat(states()).isEqualTo("MET OPEN LOCKED LOCKED");
  }

  @Test
  void an_assessment_without_a_gap_of_knowledge_spares_retrieval() throws Exception {
    Digest digest = registerCriteria();
    baseline("few-shot");
    verdict("few-shot", Outcome.FAIL, digest);
    assertThat(states()).isEqualTo("MISSED OPEN LOCKED LOCKED");

    fixture.as(() ->
        assessments.create(
            application,
            new Answers(
                Answers.DataAvailability.ABUNDANT,
                Answers.Specificity.GENERAL,
                Answers.PerformanceTarget.HIGH,
                Answers.Resources.AMPLE,
                null,
                null,
                null)));

    assertThat(states()).isEqualTo("MISSED OPEN OPEN LOCKED");
  }

  @Test
  void met_criteria_keep_fine_tuning_locked_until_a_waiver_is_approved() throws Exception {
    Digest digest = registerCriteria();
    verdict("few-shot", Outcome.PASS, digest);
    WaiverView waiver =
        fixture.as(() -> waivers.request(application, Phase.FINE_TUNING, "volume doubles"));
    assertThat(states()).isEqualTo("MET OPEN LOCKED LOCKED");

    fixture.run(() -> waivers.on(WaiversTests.decided(waiver, waiver.digest(), Decision.APPROVED)));

    assertThat(states()).isEqualTo("MET OPEN WAIVED LOCKED");
    assertThat(fixture.as(() -> phases.statuses(application)).get(2).waiverId())
        .isEqualTo(waiver.waiverId());
  }

  @Test
  void evidence_may_arrive_in_any_order() throws Exception {
    Digest digest =
        new CriteriaSet(
                application,
                StrategyFixture.SUITE.suiteDigest(),
                5,
                2,
                List.of(ACCURACY, LATENCY),
                CriteriaPurpose.RELEASE)
            .digest(1);

    baseline("few-shot");
    verdict("few-shot", Outcome.PASS, digest);
    assertThat(states()).isEqualTo("LOCKED LOCKED LOCKED LOCKED");
    registerCriteria();

    assertThat(states()).isEqualTo("MET OPEN LOCKED LOCKED");
  }

  @Test
  void going_back_to_former_criteria_does_not_bring_their_verdicts_back() throws Exception {
    Digest former = registerCriteria();
    baseline("few-shot");
    verdict("few-shot", Outcome.PASS, former);
    assertThat(states()).isEqualTo("MET OPEN LOCKED LOCKED");

    fixture.as(() -> criteria.register(application, StrategyFixture.proposed(LATENCY, ACCURACY)));
    assertThat(registerCriteria()).isNotEqualTo(former);

    assertThat(states()).doesNotStartWith("MET");
  }

  @Test
  void a_verdict_delivered_again_changes_nothing() throws Exception {
    Digest digest = registerCriteria();
    var verdict =
        StrategyFixture.verdict(
            application, Phase.PROMPT, Digest.ofText("few-shot"), Outcome.FAIL, digest);

    fixture.run(() -> feed.add(verdict, fixture.metadata()));
    List<PhaseStatus> before = fixture.as(() -> phases.statuses(application));
    fixture.run(() -> feed.add(verdict, fixture.metadata()));

    assertThat(fixture.as(() -> phases.statuses(application))).isEqualTo(before);
    assertThat(before.getFirst().verdictIds()).containsExactly(verdict.verdictId());
  }

  @Test
  void a_verdict_on_an_unknown_application_is_kept_for_later() throws Exception {
    String unknown = fixture.unique("unknown");
    fixture.run(() ->
        feed.add(
            StrategyFixture.verdict(
                unknown,
                Phase.PROMPT,
                Digest.ofText("few-shot"),
                Outcome.PASS,
                Digest.ofText("criteria")),
            fixture.metadata()));

    assertThat(fixture.as(() -> phases.statuses(unknown))).isEmpty();
    List<String> kept =
        fixture.as(() ->
            transactions.execute(status ->
                sql.sql("SELECT outcome FROM verdict WHERE application = ?")
                    .param(unknown)
                    .query(String.class)
                    .list()));
    assertThat(kept).containsExactly("PASS");
  }

  @Test
  void each_change_is_published_once_with_the_whole_state() throws Exception {
    Digest digest = registerCriteria();
    verdict("few-shot", Outcome.FAIL, digest);
    UUID verdictId =
        fixture.as(() -> phases.statuses(application)).getFirst().verdictIds().getFirst();

    events.awaitPublished(
        PhaseChanged.class, each -> changes(each, Phase.RETRIEVAL, PhaseState.OPEN));
    assertThat(
            events.published(PhaseChanged.class).stream()
                .filter(
                    each -> each.application().equals(application) && each.phase() == Phase.PROMPT))
        .containsExactly(
            new PhaseChanged(
                application,
                Phase.PROMPT,
                PhaseState.LOCKED,
                List.of("registered success criteria"),
                List.of(),
                null),
            new PhaseChanged(
                application, Phase.PROMPT, PhaseState.OPEN, List.of(), List.of(), null),
            new PhaseChanged(
                application, Phase.PROMPT, PhaseState.MISSED, List.of(), List.of(verdictId), null));
  }

  private boolean changes(PhaseChanged event, Phase phase, PhaseState state) {
    return event.application().equals(application)
        && event.phase() == phase
        && event.state() == state;
  }

  private Digest registerCriteria() throws Exception {
    return fixture.as(() ->
        criteria
            .register(application, StrategyFixture.proposed(ACCURACY, LATENCY))
            .view()
            .criteriaDigest());
  }

  private void verdict(String variant, Outcome outcome, Digest criteriaDigest) {
    verdict(++sequence, variant, outcome, criteriaDigest);
  }

  private void verdict(long number, String variant, Outcome outcome, Digest criteriaDigest) {
    fixture.run(() ->
        feed.add(
            StrategyFixture.verdict(
                application,
                number,
                variant.startsWith("retrieval") ? Phase.RETRIEVAL : Phase.PROMPT,
                Digest.ofText(variant),
                outcome,
                criteriaDigest),
            fixture.metadata()));
  }

  private void baseline(String variant) {
    fixture.run(() ->
        feed.add(StrategyFixture.baseline(application, Phase.PROMPT, variant), fixture.metadata()));
  }

  private void variant(String name, @Nullable Digest index) {
    fixture.run(() ->
        feed.add(StrategyFixture.variant(application, name, null, index), fixture.metadata()));
  }

  private void explored(String name, double accuracy) {
    fixture.run(() ->
        feed.add(
            StrategyFixture.finishedRun(
                application,
                StrategyFixture.VALIDATION,
                name,
                Map.of("accuracy", new Measure(accuracy, null, null))),
            fixture.metadata()));
  }

  private String states() throws Exception {
    return fixture.as(() -> phases.statuses(application)).stream()
        .map(each -> each.state().name())
        .collect(Collectors.joining(" "));
  }
}
