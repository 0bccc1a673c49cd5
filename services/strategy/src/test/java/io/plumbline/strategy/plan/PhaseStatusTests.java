package io.plumbline.strategy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.PhaseState;
import io.plumbline.platform.problem.Problem;
import io.plumbline.strategy.StrategyProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests which phases a waiver can open. */
class PhaseStatusTests {

  @ParameterizedTest
  @EnumSource(names = "PROMPT", mode = EnumSource.Mode.EXCLUDE)
  void a_locked_phase_can_be_waived(Phase phase) {
    assertThatCode(() -> status(phase, PhaseState.LOCKED).requireWaivable())
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(names = "LOCKED", mode = EnumSource.Mode.EXCLUDE)
  void a_phase_that_is_not_locked_needs_no_waiver(PhaseState state) {
    assertThatThrownBy(() -> status(Phase.FINE_TUNING, state).requireWaivable())
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(StrategyProblem.NOTHING_TO_WAIVE))
        .hasMessage("The phase is " + state + " already, so it needs no waiver.");
  }

  @Test
  void the_prompt_phase_opens_with_criteria_and_not_by_waiver() {
    assertThatThrownBy(() -> status(Phase.PROMPT, PhaseState.LOCKED).requireWaivable())
        .isInstanceOf(Problem.class)
        .hasMessage("The prompt phase needs no waiver: register success criteria to open it.");
  }

  private static PhaseStatus status(Phase phase, PhaseState state) {
    return new PhaseStatus(phase, state, List.of(), List.of(), null, "reason");
  }
}
