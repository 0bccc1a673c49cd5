package io.plumbline.strategy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.strategy.plan.PlanEvidence.PhaseVerdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which verdicts count for a phase. */
class PlanEvidenceTests {

  private static final Digest OLD = Digest.ofText("old criteria");
  private static final Digest NEW = Digest.ofText("new criteria");

  @Test
  void without_a_verdict_nothing_is_decided() {
    PlanEvidence evidence = evidence();

    assertThat(evidence.counting(Phase.PROMPT)).isEmpty();
    assertThat(evidence.decided(Phase.PROMPT)).isFalse();
  }

  @Test
  void only_verdicts_on_the_phase_itself_count() {
    PlanEvidence evidence = evidence(verdict(1, Phase.RETRIEVAL, Outcome.PASS, NEW));

    assertThat(evidence.met(Phase.PROMPT)).isEmpty();
    assertThat(evidence.met(Phase.RETRIEVAL)).isPresent();
  }

  @Test
  void any_pass_meets_the_phase_whatever_the_other_verdicts_say() {
    PlanEvidence evidence =
        evidence(
            verdict(3, Phase.PROMPT, Outcome.FAIL, NEW),
            verdict(2, Phase.PROMPT, Outcome.PASS, NEW),
            verdict(1, Phase.PROMPT, Outcome.FAIL, NEW));

    assertThat(evidence.met(Phase.PROMPT)).map(PhaseVerdict::id).contains(new UUID(0, 2));
    assertThat(evidence.missed(Phase.PROMPT)).isEmpty();
  }

  @Test
  void of_several_failures_the_newest_is_the_one_that_missed() {
    PlanEvidence evidence =
        evidence(
            verdict(2, Phase.PROMPT, Outcome.FAIL, NEW),
            verdict(1, Phase.PROMPT, Outcome.FAIL, NEW));

    assertThat(evidence.missed(Phase.PROMPT)).map(PhaseVerdict::id).contains(new UUID(0, 2));
  }

  @Test
  void inconclusive_verdicts_decide_nothing() {
    PlanEvidence evidence = evidence(verdict(1, Phase.PROMPT, Outcome.INCONCLUSIVE, NEW));

    assertThat(evidence.counting(Phase.PROMPT)).hasSize(1);
    assertThat(evidence.decided(Phase.PROMPT)).isFalse();
  }

  @Test
  void an_inconclusive_verdict_under_newer_criteria_replaces_an_older_pass() {
    PlanEvidence evidence =
        evidence(
            verdict(2, Phase.PROMPT, Outcome.INCONCLUSIVE, NEW),
            verdict(1, Phase.PROMPT, Outcome.PASS, OLD));

    assertThat(evidence.decided(Phase.PROMPT)).isFalse();
  }

  @Test
  void a_verdict_under_older_criteria_remains_valid_until_the_phase_is_judged_again() {
    PlanEvidence evidence = evidence(verdict(1, Phase.PROMPT, Outcome.PASS, OLD));

    assertThat(evidence.met(Phase.PROMPT)).isPresent();
  }

  @Test
  void a_verdict_under_unregistered_criteria_does_not_count() {
    PlanEvidence evidence =
        evidence(verdict(1, Phase.PROMPT, Outcome.PASS, Digest.ofText("unregistered")));

    assertThat(evidence.counting(Phase.PROMPT)).isEmpty();
  }

  private static PlanEvidence evidence(PhaseVerdict... verdicts) {
    return new PlanEvidence(List.of(NEW, OLD), List.of(verdicts), Set.of(), Map.of());
  }

  private static PhaseVerdict verdict(int id, Phase phase, Outcome outcome, Digest criteria) {
    return new PhaseVerdict(new UUID(0, id), phase, criteria, outcome, List.of());
  }
}
