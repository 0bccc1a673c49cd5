package io.plumbline.strategy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.PhaseState;
import io.plumbline.strategy.plan.PlanEvidence.PhaseVerdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PhasePlanTests {

  private static final Digest CRITERIA = Digest.ofText("criteria");
  private static final Digest NEWER = Digest.ofText("newer criteria");
  private static final UUID WAIVER = new UUID(0, 9);

  private static PhaseVerdict verdict(int id, Phase phase, Outcome outcome) {
    return verdict(id, phase, outcome, CRITERIA);
  }

  private static PhaseVerdict verdict(int id, Phase phase, Outcome outcome, Digest criteria) {
    return new PhaseVerdict(
        new UUID(0, id), phase, criteria, outcome, List.of("accuracy 0.8 is below 0.85"));
  }

  private static PlanEvidence evidence(List<PhaseVerdict> verdicts, Set<Phase> baselines) {
    return new PlanEvidence(List.of(CRITERIA), verdicts, baselines, Map.of());
  }

  private static String states(PlanEvidence evidence) {
    return PhasePlan.of(evidence).stream()
        .map(PhaseStatus::state)
        .map(PhaseState::name)
        .collect(Collectors.joining(" "));
  }

  private static List<String> missing(PlanEvidence evidence) {
    return PhasePlan.of(evidence).getLast().missingEvidence();
  }

  @Test
  void without_criteria_everything_is_locked() {
    PlanEvidence evidence = new PlanEvidence(List.of(), List.of(), Set.of(), Map.of());
    assertThat(states(evidence)).isEqualTo("LOCKED LOCKED LOCKED");
    assertThat(missing(evidence))
        .containsExactly(
            "registered success criteria",
            "a recorded baseline of the prompt phase",
            "a verdict that the prompt phase misses the criteria",
            "a recorded baseline of the retrieval phase",
            "a verdict that the retrieval phase misses the criteria");
  }

  @Test
  void criteria_open_the_prompt_phase() {
    assertThat(states(evidence(List.of(), Set.of()))).isEqualTo("OPEN LOCKED LOCKED");
  }

  @Test
  void an_inconclusive_verdict_keeps_the_phase_open_with_its_reason() {
    PlanEvidence evidence =
        evidence(List.of(verdict(1, Phase.PROMPT, Outcome.INCONCLUSIVE)), Set.of());
    assertThat(states(evidence)).isEqualTo("OPEN LOCKED LOCKED");
    assertThat(PhasePlan.of(evidence).getFirst().reason())
        .isEqualTo("Inconclusive so far: accuracy 0.8 is below 0.85");
    assertThat(PhasePlan.of(evidence).getFirst().verdictIds()).containsExactly(new UUID(0, 1));
  }

  @Test
  void a_decided_prompt_phase_opens_retrieval_either_way() {
    assertThat(states(evidence(List.of(verdict(1, Phase.PROMPT, Outcome.PASS)), Set.of())))
        .isEqualTo("MET OPEN LOCKED");
    assertThat(states(evidence(List.of(verdict(1, Phase.PROMPT, Outcome.FAIL)), Set.of())))
        .isEqualTo("MISSED OPEN LOCKED");
  }

  @Test
  void fine_tuning_opens_when_both_miss_and_both_baselines_are_there() {
    List<PhaseVerdict> missed =
        List.of(verdict(2, Phase.RETRIEVAL, Outcome.FAIL), verdict(1, Phase.PROMPT, Outcome.FAIL));
    assertThat(missing(evidence(missed, Set.of(Phase.PROMPT))))
        .containsExactly("a recorded baseline of the retrieval phase");
    assertThat(states(evidence(missed, Set.of(Phase.PROMPT)))).isEqualTo("MISSED MISSED LOCKED");
    assertThat(states(evidence(missed, Set.of(Phase.PROMPT, Phase.RETRIEVAL))))
        .isEqualTo("MISSED MISSED OPEN");
  }

  @Test
  void met_criteria_keep_fine_tuning_locked_until_it_is_waived() {
    List<PhaseVerdict> verdicts =
        List.of(verdict(2, Phase.RETRIEVAL, Outcome.PASS), verdict(1, Phase.PROMPT, Outcome.FAIL));
    PlanEvidence met = evidence(verdicts, Set.of(Phase.PROMPT, Phase.RETRIEVAL));
    assertThat(missing(met))
        .containsExactly(
            "an approved waiver: the criteria are already met by the retrieval phase (verdict"
                + " 00000000-0000-0000-0000-000000000002)");

    PlanEvidence waived =
        new PlanEvidence(List.of(CRITERIA), verdicts, Set.of(), Map.of(Phase.FINE_TUNING, WAIVER));
    assertThat(PhasePlan.of(waived).getLast())
        .isEqualTo(
            new PhaseStatus(
                Phase.FINE_TUNING,
                PhaseState.WAIVED,
                List.of(),
                List.of(),
                WAIVER,
                "Opened by an approved waiver."));
  }

  @Test
  void a_later_failure_does_not_undo_a_met_phase() {
    assertThat(
            states(
                evidence(
                    List.of(
                        verdict(2, Phase.PROMPT, Outcome.FAIL),
                        verdict(1, Phase.PROMPT, Outcome.PASS)),
                    Set.of())))
        .isEqualTo("MET OPEN LOCKED");
  }

  @Test
  void a_verdict_stands_under_new_criteria_until_it_is_judged_anew() {
    PhaseVerdict old = verdict(1, Phase.PROMPT, Outcome.PASS, CRITERIA);
    PhaseVerdict anew = verdict(2, Phase.PROMPT, Outcome.FAIL, NEWER);
    assertThat(states(new PlanEvidence(List.of(NEWER, CRITERIA), List.of(old), Set.of(), Map.of())))
        .isEqualTo("MET OPEN LOCKED");
    assertThat(
            states(
                new PlanEvidence(List.of(NEWER, CRITERIA), List.of(anew, old), Set.of(), Map.of())))
        .isEqualTo("MISSED OPEN LOCKED");
  }

  @Test
  void a_verdict_against_criteria_that_were_never_registered_counts_for_nothing() {
    assertThat(states(evidence(List.of(verdict(1, Phase.PROMPT, Outcome.PASS, NEWER)), Set.of())))
        .isEqualTo("OPEN LOCKED LOCKED");
  }

  @Test
  void locked_retrieval_names_the_criteria_only_while_they_are_missing() {
    PlanEvidence nothing = new PlanEvidence(List.of(), List.of(), Set.of(), Map.of());

    assertThat(PhasePlan.of(nothing).get(1).missingEvidence())
        .containsExactly("registered success criteria", "a verdict on the prompt phase");
    assertThat(PhasePlan.of(evidence(List.of(), Set.of())).get(1).missingEvidence())
        .containsExactly("a verdict on the prompt phase");
  }

  @Test
  void locked_fine_tuning_says_what_opens_it() {
    assertThat(PhasePlan.of(evidence(List.of(), Set.of())).getLast().reason())
        .isEqualTo(
            "Opens when the prompt and retrieval phases have baselines that miss the criteria, or"
                + " with an approved waiver.");
    assertThat(
            PhasePlan.of(evidence(List.of(verdict(1, Phase.PROMPT, Outcome.PASS)), Set.of()))
                .getLast()
                .reason())
        .isEqualTo(
            "The criteria are already met by the prompt phase; only an approved waiver opens"
                + " fine-tuning.");
  }

  @Test
  void a_waived_retrieval_phase_opens_without_a_verdict_on_the_prompt_phase() {
    PlanEvidence waived =
        new PlanEvidence(List.of(CRITERIA), List.of(), Set.of(), Map.of(Phase.RETRIEVAL, WAIVER));

    assertThat(states(waived)).isEqualTo("OPEN WAIVED LOCKED");
  }
}
