package io.plumbline.strategy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.strategy.plan.PlanEvidence.PhaseVerdict;
import io.plumbline.strategy.plan.PlanEvidence.Tried;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests which verdicts count for a phase. */
class PlanEvidenceTests {

  private static final List<Tried> TWO_PROMPTS =
      List.of(tried(Phase.PROMPT, "weak", 0.6), tried(Phase.PROMPT, "strong", 0.7));

  @Test
  void without_a_verdict_nothing_is_decided() {
    PlanEvidence evidence = evidence(List.of());

    assertThat(evidence.effectiveVerdicts(Phase.PROMPT)).isEmpty();
    assertThat(evidence.isDecided(Phase.PROMPT)).isFalse();
  }

  @Test
  void only_verdicts_on_the_phase_itself_count() {
    PlanEvidence evidence =
        evidence(List.of(), verdict(1, Phase.RETRIEVAL, "retrieval", Outcome.PASS));

    assertThat(evidence.passingVerdict(Phase.PROMPT)).isEmpty();
    assertThat(evidence.passingVerdict(Phase.RETRIEVAL)).isPresent();
  }

  @Test
  void the_newest_verdict_on_a_variant_supersedes_its_pass() {
    PlanEvidence evidence =
        evidence(
            TWO_PROMPTS,
            verdict(2, Phase.PROMPT, "strong", Outcome.FAIL),
            verdict(1, Phase.PROMPT, "strong", Outcome.PASS));

    assertThat(evidence.passingVerdict(Phase.PROMPT)).isEmpty();
    assertThat(evidence.decisiveFailure(Phase.PROMPT))
        .map(PhaseVerdict::id)
        .contains(new UUID(0, 2));
    assertThat(evidence.effectiveVerdicts(Phase.PROMPT)).hasSize(1);
  }

  @Test
  void a_variant_that_passes_meets_the_phase_although_another_fails() {
    PlanEvidence evidence =
        evidence(
            TWO_PROMPTS,
            verdict(2, Phase.PROMPT, "strong", Outcome.FAIL),
            verdict(1, Phase.PROMPT, "weak", Outcome.PASS));

    assertThat(evidence.passingVerdict(Phase.PROMPT))
        .map(PhaseVerdict::id)
        .contains(new UUID(0, 1));
    assertThat(evidence.decisiveFailure(Phase.PROMPT)).isEmpty();
  }

  @Test
  void the_failure_of_the_best_on_validation_counts_for_the_phase() {
    PlanEvidence evidence = evidence(TWO_PROMPTS, verdict(1, Phase.PROMPT, "strong", Outcome.FAIL));

    assertThat(evidence.decisiveFailure(Phase.PROMPT))
        .map(PhaseVerdict::id)
        .contains(new UUID(0, 1));
  }

  @Test
  void the_failure_of_another_than_the_best_decides_nothing() {
    PlanEvidence evidence = evidence(TWO_PROMPTS, verdict(1, Phase.PROMPT, "weak", Outcome.FAIL));

    assertThat(evidence.isDecided(Phase.PROMPT)).isFalse();
  }

  @Test
  void one_weak_variant_alone_decides_nothing() {
    List<Tried> one = List.of(tried(Phase.PROMPT, "weak", 0.3));
    PlanEvidence evidence = evidence(one, verdict(1, Phase.PROMPT, "weak", Outcome.FAIL));

    assertThat(evidence.isDecided(Phase.PROMPT)).isFalse();
    assertThat(evidence.countUntried(Phase.PROMPT)).isEqualTo(1);
  }

  @Test
  void variants_of_another_phase_do_not_make_up_the_number() {
    List<Tried> mixed =
        List.of(tried(Phase.PROMPT, "weak", 0.3), tried(Phase.RETRIEVAL, "retrieval", 0.2));
    PlanEvidence evidence = evidence(mixed, verdict(1, Phase.PROMPT, "weak", Outcome.FAIL));

    assertThat(evidence.isDecided(Phase.PROMPT)).isFalse();
  }

  @Test
  void inconclusive_verdicts_decide_nothing() {
    PlanEvidence evidence =
        evidence(TWO_PROMPTS, verdict(1, Phase.PROMPT, "strong", Outcome.INCONCLUSIVE));

    assertThat(evidence.effectiveVerdicts(Phase.PROMPT)).hasSize(1);
    assertThat(evidence.isDecided(Phase.PROMPT)).isFalse();
  }

  private static PlanEvidence evidence(List<Tried> tried, PhaseVerdict... verdicts) {
    return new PlanEvidence(
        true, 2, List.of(verdicts), Set.of(), tried, Map.of(), PlanEvidence.Knowledge.UNASSESSED);
  }

  private static Tried tried(Phase phase, String variant, double value) {
    return new Tried(
        phase, Digest.ofText(variant), variant, value, new UUID(7, 7), "exploring version 1");
  }

  private static PhaseVerdict verdict(int id, Phase phase, String variant, Outcome outcome) {
    return new PhaseVerdict(new UUID(0, id), phase, Digest.ofText(variant), outcome, List.of());
  }
}
