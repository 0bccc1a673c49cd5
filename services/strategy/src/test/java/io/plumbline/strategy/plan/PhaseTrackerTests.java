package io.plumbline.strategy.plan;

import static io.plumbline.strategy.StrategyFixture.ACCURACY;
import static io.plumbline.strategy.StrategyFixture.LATENCY;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.StrategyEvent.PhaseChanged;
import io.plumbline.contracts.state.Decision;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.PhaseState;
import io.plumbline.platform.test.Events;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.strategy.StrategyFixture;
import io.plumbline.strategy.application.ApplicationCatalog;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** How each kind of evidence moves the stored phases, and which changes are published. */
@PlumblineTest
class PhaseTrackerTests {

  @Autowired ApplicationCatalog catalog;
  @Autowired Criteria criteria;
  @Autowired PhaseTracker phases;
  @Autowired Waivers waivers;
  @Autowired Events events;

  private final StrategyFixture fixture = new StrategyFixture();
  private final String application = fixture.unique("phased");

  @BeforeEach
  void register() throws Exception {
    fixture.as(() -> catalog.register(StrategyFixture.registration(application)));
  }

  @Test
  void a_new_application_has_three_locked_phases() throws Exception {
    assertThat(states()).isEqualTo("LOCKED LOCKED LOCKED");
  }

  @Test
  void criteria_open_the_prompt_phase() throws Exception {
    registerCriteria();

    assertThat(states()).isEqualTo("OPEN LOCKED LOCKED");
  }

  @Test
  void a_verdict_decides_its_phase_and_opens_the_next() throws Exception {
    Digest digest = registerCriteria();

    verdict(Phase.PROMPT, Outcome.FAIL, digest);

    assertThat(states()).isEqualTo("MISSED OPEN LOCKED");
  }

  @Test
  void fine_tuning_opens_with_two_misses_and_two_baselines() throws Exception {
    Digest digest = registerCriteria();

    verdict(Phase.PROMPT, Outcome.FAIL, digest);
    verdict(Phase.RETRIEVAL, Outcome.FAIL, digest);
    assertThat(states()).isEqualTo("MISSED MISSED LOCKED");
    baseline(Phase.PROMPT);
    assertThat(states()).isEqualTo("MISSED MISSED LOCKED");
    baseline(Phase.RETRIEVAL);

    assertThat(states()).isEqualTo("MISSED MISSED OPEN");
  }

  @Test
  void met_criteria_keep_fine_tuning_locked_until_a_waiver_is_approved() throws Exception {
    Digest digest = registerCriteria();
    verdict(Phase.PROMPT, Outcome.PASS, digest);
    WaiverView waiver =
        fixture.as(() -> waivers.request(application, Phase.FINE_TUNING, "volume doubles"));
    assertThat(states()).isEqualTo("MET OPEN LOCKED");

    fixture.run(() -> waivers.on(WaiversTests.decided(waiver, waiver.digest(), Decision.APPROVED)));

    assertThat(states()).isEqualTo("MET OPEN WAIVED");
    assertThat(fixture.as(() -> phases.statuses(application)).getLast().waiverId())
        .isEqualTo(waiver.waiverId());
  }

  @Test
  void evidence_may_arrive_in_any_order() throws Exception {
    Digest digest = CriteriaSet.of(application, List.of(ACCURACY, LATENCY)).digest();

    baseline(Phase.PROMPT);
    verdict(Phase.PROMPT, Outcome.PASS, digest);
    assertThat(states()).isEqualTo("LOCKED LOCKED LOCKED");
    registerCriteria();

    assertThat(states()).isEqualTo("MET OPEN LOCKED");
  }

  @Test
  void a_verdict_delivered_again_changes_nothing() throws Exception {
    Digest digest = registerCriteria();
    var verdict = StrategyFixture.verdict(application, Phase.PROMPT, Outcome.FAIL, digest);

    fixture.run(() -> phases.on(verdict, fixture.metadata()));
    List<PhaseStatus> before = fixture.as(() -> phases.statuses(application));
    fixture.run(() -> phases.on(verdict, fixture.metadata()));

    assertThat(fixture.as(() -> phases.statuses(application))).isEqualTo(before);
    assertThat(before.getFirst().verdictIds()).containsExactly(verdict.verdictId());
  }

  @Test
  void a_verdict_on_an_unknown_application_is_kept_for_later() {
    fixture.run(() ->
        phases.on(
            StrategyFixture.verdict(
                "unknown", Phase.PROMPT, Outcome.PASS, Digest.ofText("criteria")),
            fixture.metadata()));
  }

  @Test
  void each_change_is_published_once_with_the_whole_state() throws Exception {
    Digest digest = registerCriteria();
    verdict(Phase.PROMPT, Outcome.FAIL, digest);
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
    return fixture.as(
        () -> criteria.register(application, List.of(ACCURACY, LATENCY)).view().criteriaDigest());
  }

  private void verdict(Phase phase, Outcome outcome, Digest criteriaDigest) {
    fixture.run(() ->
        phases.on(
            StrategyFixture.verdict(application, phase, outcome, criteriaDigest),
            fixture.metadata()));
  }

  private void baseline(Phase phase) {
    fixture.run(() -> phases.on(StrategyFixture.baseline(application, phase), fixture.metadata()));
  }

  private String states() throws Exception {
    return fixture.as(() -> phases.statuses(application)).stream()
        .map(each -> each.state().name())
        .collect(Collectors.joining(" "));
  }
}
