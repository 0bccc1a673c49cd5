package io.plumbline.strategy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.PhaseState;
import io.plumbline.strategy.plan.PlanEvidence.Knowledge;
import io.plumbline.strategy.plan.PlanEvidence.PhaseVerdict;
import io.plumbline.strategy.plan.PlanEvidence.Tried;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests the states of the phases as a function of the evidence. */
class PhasePlanTests {

  private static final UUID WAIVER = new UUID(0, 9);
  private static final Set<Phase> BASELINES = Set.of(Phase.PROMPT, Phase.RETRIEVAL);

  /** The tried variants: two of each phase, of which the second is the better one. */
  private static final List<Tried> TRIED =
      List.of(
          tried(Phase.PROMPT, "prompt", 0.6),
          tried(Phase.PROMPT, "few-shot", 0.7),
          tried(Phase.RETRIEVAL, "retrieval-4", 0.7),
          tried(Phase.RETRIEVAL, "retrieval", 0.8));

  private static final PlanEvidence NOTHING =
      new PlanEvidence(false, 0, List.of(), Set.of(), List.of(), Map.of(), Knowledge.UNASSESSED);

  private static Tried tried(Phase phase, String name, double value) {
    return new Tried(
        phase, Digest.ofText(name), name, value, new UUID(7, 7), "exploring version 1");
  }

  /** Returns a verdict on the better variant of a phase. */
  private static PhaseVerdict verdict(int id, Phase phase, Outcome outcome) {
    return verdict(id, phase, phase == Phase.PROMPT ? "few-shot" : "retrieval", outcome);
  }

  private static PhaseVerdict verdict(int id, Phase phase, String variant, Outcome outcome) {
    return new PhaseVerdict(
        new UUID(0, id),
        phase,
        Digest.ofText(variant),
        outcome,
        List.of("accuracy 0.8 is below 0.85"));
  }

  private static PlanEvidence evidence(Set<Phase> baselines, PhaseVerdict... verdicts) {
    return new PlanEvidence(
        true, 2, List.of(verdicts), baselines, TRIED, Map.of(), Knowledge.UNASSESSED);
  }

  private static PlanEvidence withoutKnowledgeGap(Set<Phase> baselines, PhaseVerdict... verdicts) {
    return new PlanEvidence(
        true, 2, List.of(verdicts), baselines, TRIED, Map.of(), Knowledge.SUFFICIENT);
  }

  private static PlanEvidence waived(Phase phase, PhaseVerdict... verdicts) {
    return new PlanEvidence(
        true, 2, List.of(verdicts), Set.of(), TRIED, Map.of(phase, WAIVER), Knowledge.UNASSESSED);
  }

  private static String states(PlanEvidence evidence) {
    return PhasePlan.statuses(evidence).stream()
        .map(PhaseStatus::state)
        .map(PhaseState::name)
        .collect(Collectors.joining(" "));
  }

  private static List<String> missing(PlanEvidence evidence) {
    return PhasePlan.statuses(evidence).get(2).missingEvidence();
  }

  @Test
  void without_criteria_everything_is_locked() {
    assertThat(states(NOTHING)).isEqualTo("LOCKED LOCKED LOCKED LOCKED");
    assertThat(missing(NOTHING))
        .containsExactly(
            "registered success criteria",
            "a recorded baseline of the prompt phase",
            "a verdict that the prompt phase misses the criteria",
            "a recorded baseline of the retrieval phase",
            "a verdict that the retrieval phase misses the criteria");
  }

  @Test
  void criteria_open_the_prompt_phase() {
    assertThat(states(evidence(Set.of()))).isEqualTo("OPEN LOCKED LOCKED LOCKED");
  }

  @Test
  void an_inconclusive_verdict_opens_nothing_and_is_shown_with_its_reason() {
    PlanEvidence evidence = evidence(Set.of(), verdict(1, Phase.PROMPT, Outcome.INCONCLUSIVE));

    assertThat(states(evidence)).isEqualTo("OPEN LOCKED LOCKED LOCKED");
    assertThat(PhasePlan.statuses(evidence).getFirst().reason())
        .isEqualTo("Inconclusive so far: accuracy 0.8 is below 0.85");
    assertThat(PhasePlan.statuses(evidence).getFirst().verdictIds())
        .containsExactly(new UUID(0, 1));
  }

  @Test
  void a_decided_prompt_phase_opens_retrieval_either_way() {
    assertThat(states(evidence(Set.of(), verdict(1, Phase.PROMPT, Outcome.PASS))))
        .isEqualTo("MET OPEN LOCKED LOCKED");
    assertThat(states(evidence(Set.of(), verdict(1, Phase.PROMPT, Outcome.FAIL))))
        .isEqualTo("MISSED OPEN LOCKED LOCKED");
  }

  @Test
  void a_missed_phase_says_which_run_made_the_variant_the_best() {
    PlanEvidence evidence = evidence(Set.of(), verdict(1, Phase.PROMPT, Outcome.FAIL));

    assertThat(PhasePlan.statuses(evidence).getFirst().reason())
        .isEqualTo(
            "Missed by 'few-shot', the best of 2 on validation (run"
                + " 00000000-0000-0007-0000-000000000007 over exploring version 1): accuracy 0.8 is"
                + " below 0.85");
  }

  @Test
  void the_failure_of_a_weaker_variant_opens_nothing_and_says_so() {
    PlanEvidence evidence = evidence(Set.of(), verdict(1, Phase.PROMPT, "prompt", Outcome.FAIL));

    assertThat(states(evidence)).isEqualTo("OPEN LOCKED LOCKED LOCKED");
    assertThat(PhasePlan.statuses(evidence).getFirst().reason())
        .isEqualTo(
            "Evaluate 'few-shot', the best of 2 on validation, to decide the phase. Another variant"
                + " failed: accuracy 0.8 is below 0.85");
    assertThat(PhasePlan.statuses(evidence).get(1).missingEvidence())
        .containsExactly("a verdict on 'few-shot', the best of the prompt phase on validation");
  }

  @Test
  void a_single_variant_cannot_close_a_phase() {
    PlanEvidence evidence =
        new PlanEvidence(
            true,
            2,
            List.of(verdict(1, Phase.PROMPT, "prompt", Outcome.FAIL)),
            BASELINES,
            List.of(tried(Phase.PROMPT, "prompt", 0.2)),
            Map.of(),
            Knowledge.SUFFICIENT);

    assertThat(states(evidence)).isEqualTo("OPEN LOCKED LOCKED LOCKED");
    assertThat(PhasePlan.statuses(evidence).getFirst().reason())
        .isEqualTo(
            "A failure decides nothing before 2 variants are compared on validation (1 so far):"
                + " accuracy 0.8 is below 0.85");
    assertThat(missing(evidence))
        .containsExactly(
            "1 more variants of the prompt phase, run over exploring version 1: the criteria want 2"
                + " compared",
            "a verdict that the prompt phase misses the criteria");
  }

  @Test
  void fine_tuning_opens_when_both_miss_and_both_baselines_are_there() {
    PhaseVerdict[] missed = {
      verdict(2, Phase.RETRIEVAL, Outcome.FAIL), verdict(1, Phase.PROMPT, Outcome.FAIL)
    };

    assertThat(missing(evidence(Set.of(Phase.PROMPT), missed)))
        .containsExactly("a recorded baseline of the retrieval phase");
    assertThat(states(evidence(Set.of(Phase.PROMPT), missed)))
        .isEqualTo("MISSED MISSED LOCKED LOCKED");
    assertThat(states(evidence(BASELINES, missed))).isEqualTo("MISSED MISSED OPEN LOCKED");
  }

  @Test
  void retrieval_is_not_asked_for_where_knowledge_is_not_missing() {
    PhaseVerdict missed = verdict(1, Phase.PROMPT, Outcome.FAIL);

    assertThat(states(evidence(BASELINES, missed))).isEqualTo("MISSED OPEN LOCKED LOCKED");
    assertThat(states(withoutKnowledgeGap(BASELINES, missed))).isEqualTo("MISSED OPEN OPEN LOCKED");
    assertThat(PhasePlan.statuses(withoutKnowledgeGap(Set.of())).get(2).reason())
        .isEqualTo(
            "Opens when the prompt phase has a baseline that misses the criteria, or with an"
                + " approved waiver.");
  }

  @Test
  void retrieval_that_meets_the_criteria_keeps_fine_tuning_locked_although_it_was_not_asked_for() {
    assertThat(
            missing(
                withoutKnowledgeGap(
                    BASELINES,
                    verdict(2, Phase.RETRIEVAL, Outcome.PASS),
                    verdict(1, Phase.PROMPT, Outcome.FAIL))))
        .containsExactly(
            "an approved waiver: the criteria are already met by the retrieval phase (verdict"
                + " 00000000-0000-0000-0000-000000000002)");
  }

  @Test
  void met_criteria_ask_for_no_evidence_beside_the_waiver() {
    assertThat(missing(evidence(Set.of(), verdict(1, Phase.PROMPT, Outcome.PASS))))
        .containsExactly(
            "an approved waiver: the criteria are already met by the prompt phase (verdict"
                + " 00000000-0000-0000-0000-000000000001)");
  }

  @Test
  void met_criteria_keep_fine_tuning_locked_until_it_is_waived() {
    PhaseVerdict[] verdicts = {
      verdict(2, Phase.RETRIEVAL, Outcome.PASS), verdict(1, Phase.PROMPT, Outcome.FAIL)
    };

    assertThat(missing(evidence(BASELINES, verdicts)))
        .containsExactly(
            "an approved waiver: the criteria are already met by the retrieval phase (verdict"
                + " 00000000-0000-0000-0000-000000000002)");
    assertThat(PhasePlan.statuses(waived(Phase.FINE_TUNING, verdicts)).get(2))
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
  void a_later_failure_of_the_same_variant_undoes_a_met_phase() {
    assertThat(
            states(
                evidence(
                    Set.of(),
                    verdict(2, Phase.PROMPT, Outcome.FAIL),
                    verdict(1, Phase.PROMPT, Outcome.PASS))))
        .isEqualTo("MISSED OPEN LOCKED LOCKED");
  }

  @Test
  void locked_retrieval_names_the_criteria_only_while_they_are_missing() {
    assertThat(PhasePlan.statuses(NOTHING).get(1).missingEvidence())
        .containsExactly("registered success criteria", "a verdict on the prompt phase");
    assertThat(PhasePlan.statuses(evidence(Set.of())).get(1).missingEvidence())
        .containsExactly("a verdict on 'few-shot', the best of the prompt phase on validation");
  }

  @Test
  void locked_fine_tuning_says_what_opens_it() {
    assertThat(PhasePlan.statuses(evidence(Set.of())).get(2).reason())
        .isEqualTo(
            "Opens when the prompt and retrieval phases have baselines that miss the criteria, or"
                + " with an approved waiver.");
    assertThat(
            PhasePlan.statuses(evidence(Set.of(), verdict(1, Phase.PROMPT, Outcome.PASS)))
                .get(2)
                .reason())
        .isEqualTo(
            "The criteria are already met by the prompt phase; only an approved waiver opens"
                + " fine-tuning.");
  }

  @Test
  void a_waived_retrieval_phase_opens_without_a_verdict_on_the_prompt_phase() {
    assertThat(states(waived(Phase.RETRIEVAL))).isEqualTo("OPEN WAIVED LOCKED LOCKED");
  }

  @Test
  void retrieval_with_a_tuned_model_opens_when_tuning_alone_missed_with_a_baseline() {
    PhaseVerdict[] missed = {
      verdict(3, Phase.FINE_TUNING, "tuned", Outcome.FAIL), verdict(1, Phase.PROMPT, Outcome.FAIL)
    };
    List<Tried> tried =
        List.of(
            tried(Phase.PROMPT, "prompt", 0.6),
            tried(Phase.PROMPT, "few-shot", 0.7),
            tried(Phase.FINE_TUNING, "tuned-2", 0.7),
            tried(Phase.FINE_TUNING, "tuned", 0.8));
    Set<Phase> prompt = Set.of(Phase.PROMPT);
    Set<Phase> both = Set.of(Phase.PROMPT, Phase.FINE_TUNING);

    PlanEvidence without =
        new PlanEvidence(true, 2, List.of(missed), prompt, tried, Map.of(), Knowledge.SUFFICIENT);
    assertThat(states(without)).isEqualTo("MISSED OPEN MISSED LOCKED");
    assertThat(PhasePlan.statuses(without).getLast().missingEvidence())
        .containsExactly("a recorded baseline of the fine-tuning phase");
    assertThat(PhasePlan.statuses(without).getLast().reason())
        .isEqualTo(
            "Opens when the prompt and fine-tuning phases have baselines that miss the criteria, or"
                + " with an approved waiver.");
    assertThat(
            states(
                new PlanEvidence(
                    true, 2, List.of(missed), both, tried, Map.of(), Knowledge.SUFFICIENT)))
        .isEqualTo("MISSED OPEN MISSED OPEN");
  }

  @Test
  void a_verdict_on_a_hybrid_decides_its_own_phase_alone() {
    PlanEvidence evidence =
        new PlanEvidence(
            true,
            2,
            List.of(verdict(1, Phase.HYBRID, "hybrid", Outcome.PASS)),
            Set.of(),
            TRIED,
            Map.of(),
            Knowledge.UNASSESSED);

    assertThat(states(evidence)).isEqualTo("OPEN LOCKED LOCKED MET");
  }

  @Test
  void tuning_that_meets_the_criteria_keeps_a_hybrid_locked_until_it_is_waived() {
    PhaseVerdict met = verdict(1, Phase.FINE_TUNING, "tuned", Outcome.PASS);

    assertThat(PhasePlan.statuses(evidence(Set.of(), met)).getLast().reason())
        .isEqualTo(
            "The criteria are already met by the fine-tuning phase; only an approved waiver opens"
                + " hybrid.");
    assertThat(PhasePlan.statuses(waived(Phase.HYBRID, met)).getLast().state())
        .isEqualTo(PhaseState.WAIVED);
  }

  @Test
  void retrieval_opens_with_the_criteria_where_an_assessment_says_that_knowledge_is_the_gap() {
    PlanEvidence assessed =
        new PlanEvidence(true, 2, List.of(), Set.of(), TRIED, Map.of(), Knowledge.MISSING);
    PlanEvidence without =
        new PlanEvidence(false, 0, List.of(), Set.of(), TRIED, Map.of(), Knowledge.MISSING);

    assertThat(states(assessed)).isEqualTo("OPEN OPEN LOCKED LOCKED");
    assertThat(states(without)).isEqualTo("LOCKED LOCKED LOCKED LOCKED");
    assertThat(PhasePlan.statuses(evidence(Set.of())).get(1).reason())
        .isEqualTo(
            "Opens when the prompt phase is decided, or when an assessment says that knowledge is"
                + " the gap.");
  }
}
