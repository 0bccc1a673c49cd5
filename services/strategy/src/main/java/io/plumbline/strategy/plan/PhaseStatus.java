package io.plumbline.strategy.plan;

import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.PhaseState;
import io.plumbline.platform.problem.Problem;
import io.plumbline.strategy.StrategyProblem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of a phase.
 *
 * @param missingEvidence the evidence that opens the phase; empty unless LOCKED
 * @param reason the reason for the state, as text for people
 */
public record PhaseStatus(
    Phase phase,
    PhaseState state,
    List<String> missingEvidence,
    List<UUID> verdictIds,
    @Nullable UUID waiverId,
    String reason) {

  /**
   * Requires that a waiver can open the phase.
   *
   * @throws Problem 409 if the phase is not locked or opens without a waiver
   */
  void requireWaivable() {
    if (phase == Phase.PROMPT) {
      throw new Problem(
          StrategyProblem.NOTHING_TO_WAIVE,
          "The prompt phase needs no waiver: register success criteria to open it.");
    }
    if (state != PhaseState.LOCKED) {
      throw new Problem(
          StrategyProblem.NOTHING_TO_WAIVE,
          "The phase is %s already, so it needs no waiver.".formatted(state));
    }
  }
}
