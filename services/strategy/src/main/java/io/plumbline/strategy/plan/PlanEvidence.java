package io.plumbline.strategy.plan;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Everything that decides the state of an application's phases.
 *
 * @param criteria digests of all registered versions, newest first
 * @param verdicts of kind PHASE, newest first
 * @param baselines phases with a recorded baseline
 * @param waivers approved waivers by the phase they open
 */
record PlanEvidence(
    List<Digest> criteria,
    List<PhaseVerdict> verdicts,
    Set<Phase> baselines,
    Map<Phase, UUID> waivers) {

  /** A verdict on a phase; {@code reasons} are evaluation's. */
  record PhaseVerdict(
      UUID id, Phase phase, Digest criteria, Outcome outcome, List<String> reasons) {}

  /**
   * The verdicts that count for a phase: those under the newest criteria that judged it at all, so
   * that verdicts on earlier criteria remain valid until the phase is judged again.
   */
  List<PhaseVerdict> counting(Phase phase) {
    for (Digest version : criteria) {
      List<PhaseVerdict> judged =
          verdicts.stream()
              .filter(each -> each.phase() == phase && each.criteria().equals(version))
              .toList();
      if (!judged.isEmpty()) {
        return judged;
      }
    }
    return List.of();
  }

  Optional<PhaseVerdict> met(Phase phase) {
    return counting(phase).stream().filter(each -> each.outcome() == Outcome.PASS).findFirst();
  }

  Optional<PhaseVerdict> missed(Phase phase) {
    return met(phase).isPresent()
        ? Optional.empty()
        : counting(phase).stream().filter(each -> each.outcome() == Outcome.FAIL).findFirst();
  }

  boolean decided(Phase phase) {
    return met(phase).isPresent() || missed(phase).isPresent();
  }
}
