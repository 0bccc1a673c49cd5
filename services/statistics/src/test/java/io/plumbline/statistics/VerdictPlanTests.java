package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VerdictPlanTests {

  /**
   * Dunn 1961, table 1, infinite degrees of freedom at 0.05: 1.96 for one, 2.58 for five, 2.81 for
   * ten.
   */
  @Test
  void critical_values_agree_with_dunn() {
    assertThat(Normal.criticalValue(new VerdictPlan(1).intervalConfidence()))
        .isCloseTo(1.96, within(5e-3));
    assertThat(Normal.criticalValue(new VerdictPlan(5).intervalConfidence()))
        .isCloseTo(2.58, within(5e-3));
    assertThat(Normal.criticalValue(new VerdictPlan(10).intervalConfidence()))
        .isCloseTo(2.81, within(5e-3));
  }

  @Test
  void all_planned_verdicts_together_have_the_level_of_one() {
    assertThat(7 * new VerdictPlan(7).alphaPerVerdict())
        .isCloseTo(VerdictPlan.TOTAL_ALPHA, within(1e-15));
  }

  @Test
  void a_plan_has_a_verdict() {
    assertThatIllegalArgumentException().isThrownBy(() -> new VerdictPlan(0));
  }
}
