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
 * @param candidatesPerPhase how many variants of a phase they want tried on validation
 * @param verdicts under the criteria in force alone, newest first: one under other criteria opens
 *     nothing
 * @param baselines phases with a recorded baseline
 * @param tried the variants that were compared on validation, those of a phase over one suite
 * @param waivers approved waivers by the phase they open
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

  /** A verdict on a variant of a phase; {@code reasons} are evaluation's. */
  record PhaseVerdict(
      UUID id, Phase phase, Digest variant, Outcome outcome, List<String> reasons) {}

  /**
   * A variant of a phase with its value of the first metric of quality, on validation.
   *
   * @param run that measured it
   * @param suite name and version of the suite, the same for all variants of a phase
   */
  record Tried(Phase phase, Digest variant, String name, double value, UUID run, String suite) {}

  /** The newest verdict on each variant of a phase; what it supersedes counts for nothing. */
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
   * The failure that counts for a phase: of the best that was tried, out of as many as were
   * registered. That a weak variant fails says nothing about the approach.
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

  /** How many variants have still to be tried. */
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

  /** The phases that have to be missed before training is worth its cost. */
  List<Phase> before() {
    return knowledgeMissing ? List.of(Phase.PROMPT, Phase.RETRIEVAL) : List.of(Phase.PROMPT);
  }
}
