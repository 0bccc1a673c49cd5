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

/**
 * Everything that decides the state of an application's phases.
 *
 * @param registered whether there are criteria in force
 * @param candidatesPerPhase the number of variants of a phase that they require to be tried on
 *     validation
 * @param verdicts the verdicts under the criteria in force, newest first; a verdict under other
 *     criteria opens nothing
 * @param baselines the phases with a recorded baseline
 * @param tried the variants that were compared on validation, those of each phase over one suite
 * @param waivers the approved waivers by the phase that they open
 * @param knowledgeMissing whether retrieval has to be tried before training
 */
record PlanEvidence(
    boolean registered,
    int candidatesPerPhase,
    List<PhaseVerdict> verdicts,
    Set<Phase> baselines,
    List<Tried> tried,
    Map<Phase, UUID> waivers,
    boolean knowledgeMissing) {

  /** A verdict on a variant of a phase, with the reasons that evaluation gave. */
  record PhaseVerdict(
      UUID id, Phase phase, Digest variant, Outcome outcome, List<String> reasons) {}

  /**
   * A variant of a phase with its value of the first metric of quality, on validation.
   *
   * @param run the run that measured it
   * @param suite the name and version of the suite, the same for all variants of a phase
   */
  record Tried(Phase phase, Digest variant, String name, double value, UUID run, String suite) {}

  /** Returns the newest verdict on each variant of a phase; superseded ones do not count. */
  List<PhaseVerdict> counting(Phase phase) {
    Set<Digest> judged = new HashSet<>();
    return verdicts.stream()
        .filter(each -> each.phase() == phase && judged.add(each.variant()))
        .toList();
  }

  Optional<PhaseVerdict> met(Phase phase) {
    return counting(phase).stream().filter(each -> each.outcome() == Outcome.PASS).findFirst();
  }

  /**
   * Returns the failure that counts for a phase. It is that of the best variant after as many
   * variants as registered were tried, because the failure of a weak variant shows nothing about
   * the approach.
   */
  Optional<PhaseVerdict> missed(Phase phase) {
    if (met(phase).isPresent() || untried(phase) > 0) {
      return Optional.empty();
    }
    return best(phase)
        .flatMap(best ->
            counting(phase).stream()
                .filter(
                    each -> each.outcome() == Outcome.FAIL && each.variant().equals(best.variant()))
                .findFirst());
  }

  boolean decided(Phase phase) {
    return met(phase).isPresent() || missed(phase).isPresent();
  }

  /** Returns the number of variants that have still to be tried. */
  int untried(Phase phase) {
    return Math.max(0, candidatesPerPhase - tried(phase));
  }

  int tried(Phase phase) {
    return (int) tried.stream().filter(each -> each.phase() == phase).count();
  }

  Optional<Tried> best(Phase phase) {
    return tried.stream()
        .filter(each -> each.phase() == phase)
        .max(Comparator.comparingDouble(Tried::value));
  }

  /** Returns the phases that have to be missed before training is worth its cost. */
  List<Phase> before() {
    return knowledgeMissing ? List.of(Phase.PROMPT, Phase.RETRIEVAL) : List.of(Phase.PROMPT);
  }
}
