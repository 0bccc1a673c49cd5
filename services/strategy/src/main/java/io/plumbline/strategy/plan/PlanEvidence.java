package io.plumbline.strategy.plan;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.Outcome;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Everything that decides the state of an application's phases.
 *
 * @param registered whether there are criteria in force
 * @param candidatesPerPhase the number of variants of a phase that the criteria require to be tried
 *     on validation
 * @param verdicts the verdicts under the criteria in force, newest first; a verdict under other
 *     criteria opens nothing
 * @param baselines the phases with a recorded baseline
 * @param tried the variants that were compared on validation, those of each phase over one suite
 * @param waivers the ids of the approved waivers, by the phase that each opens
 * @param knowledge what the newest assessment says about knowledge that the model lacks
 */
record PlanEvidence(
    boolean registered,
    int candidatesPerPhase,
    List<PhaseVerdict> verdicts,
    Set<Phase> baselines,
    List<Tried> tried,
    Map<Phase, UUID> waivers,
    Knowledge knowledge) {

  /** The answer of the newest assessment about knowledge that the model lacks. */
  enum Knowledge {
    /** Knowledge is the gap, so retrieval may be tried at once and has to be before training. */
    MISSING,
    /** Knowledge is not the gap, so training needs no retrieval before it. */
    SUFFICIENT,
    /** Nobody has assessed it, so retrieval comes after prompting and before training. */
    UNASSESSED
  }

  /** A verdict on a variant of a phase, with the reasons that evaluation gave. */
  record PhaseVerdict(
      UUID id, Phase phase, Digest variant, Outcome outcome, List<String> reasons) {}

  /**
   * A variant of a phase with its value of the first metric of quality, on validation.
   *
   * @param run the run that measured the value
   * @param suite the name and version of the suite, the same for all variants of a phase
   */
  record Tried(Phase phase, Digest variant, String name, double value, UUID run, String suite) {}

  /** Returns the newest verdict on each variant of a phase; superseded ones do not count. */
  List<PhaseVerdict> effectiveVerdicts(Phase phase) {
    Set<Digest> judged = new HashSet<>();
    return verdicts.stream()
        .filter(each -> each.phase() == phase && judged.add(each.variant()))
        .toList();
  }

  /** Returns a counting verdict by which a variant of the phase meets the criteria. */
  Optional<PhaseVerdict> passingVerdict(Phase phase) {
    return effectiveVerdicts(phase).stream()
        .filter(each -> each.outcome() == Outcome.PASS)
        .findFirst();
  }

  /**
   * Returns the failure that counts for a phase. It is that of the best variant after as many
   * variants as registered were tried, because the failure of a weak variant shows nothing about
   * the approach.
   */
  Optional<PhaseVerdict> decisiveFailure(Phase phase) {
    if (passingVerdict(phase).isPresent() || countUntried(phase) > 0) {
      return Optional.empty();
    }
    return bestVariant(phase)
        .flatMap(best ->
            effectiveVerdicts(phase).stream()
                .filter(
                    each -> each.outcome() == Outcome.FAIL && each.variant().equals(best.variant()))
                .findFirst());
  }

  /** Returns whether a phase is met or missed. */
  boolean isDecided(Phase phase) {
    return passingVerdict(phase).isPresent() || decisiveFailure(phase).isPresent();
  }

  /** Returns the number of variants of a phase that have still to be tried on validation. */
  int countUntried(Phase phase) {
    return Math.max(0, candidatesPerPhase - countTried(phase));
  }

  int countTried(Phase phase) {
    return (int) tried.stream().filter(each -> each.phase() == phase).count();
  }

  /** Returns the tried variant of a phase with the highest value on validation. */
  Optional<Tried> bestVariant(Phase phase) {
    return tried.stream()
        .filter(each -> each.phase() == phase)
        .max(Comparator.comparingDouble(Tried::value));
  }

  /** Returns the phases that have to be missed before training is worth its cost. */
  List<Phase> phasesBeforeTraining() {
    return knowledge == Knowledge.SUFFICIENT
        ? List.of(Phase.PROMPT)
        : List.of(Phase.PROMPT, Phase.RETRIEVAL);
  }

  /** Returns the phases that have to be missed before a variant is worth its cost in a phase. */
  List<Phase> phasesBefore(Phase phase) {
    return switch (phase) {
      case PROMPT -> List.of();
      case RETRIEVAL -> List.of(Phase.PROMPT);
      case FINE_TUNING -> phasesBeforeTraining();
      case HYBRID ->
          Stream.concat(phasesBeforeTraining().stream(), Stream.of(Phase.FINE_TUNING)).toList();
    };
  }
}
