package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MinimumDetectableEffectTests {

  /** Bloom 1995, p. 548–550: 2.49 for a one-sided test at 0.05 with power 0.8, 2.80 two-sided. */
  @Test
  void multiples_of_the_standard_error_agree_with_bloom() {
    assertThat(MinimumDetectableEffect.multiplier(0.05, 0.8)).isCloseTo(2.49, within(5e-3));
    assertThat(MinimumDetectableEffect.multiplier(0.025, 0.8)).isCloseTo(2.80, within(5e-3));
    assertThat(MinimumDetectableEffect.multiplier(0.05, 0.5)).isCloseTo(1.645, within(5e-4));
  }

  /** An effect of that size passes as often as the power says: P(Z > 1.96 - 2.80) = 0.8. */
  @Test
  void the_smallest_effect_is_seen_with_the_power_it_names() {
    double error = 0.02;
    double half = Normal.criticalValue(0.99) * error;
    double effect = MinimumDetectableEffect.of(new Interval(0.85 - half, 0.85 + half), 0.99, 0.8);
    double passes = 1 - Normal.cdf(Normal.criticalValue(0.99) - effect / error);
    assertThat(passes).isCloseTo(0.8, within(1e-9));
  }

  /**
   * Lehr's rule (R. Lehr, Statistics in Medicine 11 (1992) 1099–1102), 8 / Δ² for one sample: an
   * effect of a fifth of the spread takes about 200 items.
   */
  @Test
  void items_for_a_power_agree_with_lehrs_rule() {
    assertThat(MinimumDetectableEffect.requiredItems(0.1, 0.025, 0.8, 0.5)).isEqualTo(197);
  }

  /**
   * S.-C. Chow, J. Shao and H. Wang, Sample Size Calculations in Clinical Research (2nd ed. 2008),
   * section 4.1.4: 50 patients show a response rate of 0.5 against one of 0.3 with a power of 0.8
   * at a two-sided level of 0.05.
   */
  @Test
  void items_for_a_share_agree_with_chow_shao_and_wang() {
    assertThat(
            MinimumDetectableEffect.requiredItems(
                0.2, 0.025, 0.8, Proportion.maxStandardDeviation(0.3, 0.5)))
        .isEqualTo(50);
  }

  /** 100 values with a spread of 0.5 have a standard error of 0.05. */
  @Test
  void the_spread_is_that_which_the_interval_was_computed_from() {
    double half = Normal.criticalValue(0.95) * 0.05;
    assertThat(
            MinimumDetectableEffect.impliedStandardDeviation(
                new Interval(0.7 - half, 0.7 + half), 0.95, 100))
        .isCloseTo(0.5, within(1e-9));
  }

  @Test
  void an_open_interval_sees_nothing() {
    assertThat(MinimumDetectableEffect.of(new Interval(3, Double.POSITIVE_INFINITY), 0.95, 0.8))
        .isInfinite();
  }
}
