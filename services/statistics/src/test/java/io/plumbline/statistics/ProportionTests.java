package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTests {

  /** Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3 (score), 95%. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718",
  })
  void agrees_with_newcombe(long successes, long trials, double low, double high) {
    assertInterval(new Proportion(successes, trials).wilsonInterval(0.95), low, high);
  }

  /**
   * Agresti and Coull, The American Statistician 52 (1998) 119–126, section 1: without a success
   * the score interval is (0, z² / (n + z²)).
   */
  @Test
  void the_ends_are_exact() {
    double z = 1.959963984540054;
    assertThat(new Proportion(0, 10).wilsonInterval(0.95).low()).isZero();
    assertThat(new Proportion(0, 10).wilsonInterval(0.95).high())
        .isCloseTo(z * z / (10 + z * z), within(1e-12));
    assertThat(new Proportion(10, 10).wilsonInterval(0.95).high()).isEqualTo(1);
    assertThat(new Proportion(10, 10).wilsonInterval(0.95).low())
        .isCloseTo(10 / (10 + z * z), within(1e-12));
  }

  @Test
  void computes_how_many_trials_exclude_a_threshold() {
    long needed = new Proportion(92, 100).trialsToExclude(0.9, 0.95);
    assertThat(new Proportion(Math.round(needed * 0.92), needed).wilsonInterval(0.95).low())
        .isCloseTo(0.9, within(2e-3));
    assertThat(new Proportion(9, 10).trialsToExclude(0.9, 0.95)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void refuses_what_is_not_a_proportion() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(1, 2).wilsonInterval(1));
  }

  static void assertInterval(Interval interval, double low, double high) {
    assertThat(interval.low()).isCloseTo(low, within(5.1e-5));
    assertThat(interval.high()).isCloseTo(high, within(5.1e-5));
  }

  /**
   * The items are those of the normal approximation. Of every 0.8 that it promises, the binomial
   * distribution keeps at least 0.785.
   */
  @Test
  void the_spread_between_threshold_and_alternative_gives_items_that_have_the_power_exactly() {
    for (int planned : new int[] {1, 2, 5, 20}) {
      VerdictPlan plan = new VerdictPlan(planned);
      for (int threshold = 5; threshold < 95; threshold += 5) {
        for (int effect : new int[] {5, 8, 15, 30}) {
          if (threshold + effect <= 100) {
            double from = threshold / 100.0;
            double to = (threshold + effect) / 100.0;
            assertThat(exactPower(from, to, plan))
                .as("%s against %s in %d verdicts", to, from, planned)
                .isGreaterThan(0.785);
          }
        }
      }
    }
  }

  private static double exactPower(double threshold, double alternative, VerdictPlan plan) {
    int items =
        (int)
            MinimumDetectableEffect.requiredItems(
                alternative - threshold,
                plan.alphaPerVerdict(),
                0.8,
                Proportion.maxStandardDeviation(threshold, alternative));
    int least = 0;
    while (least <= items
        && new Proportion(least, items).wilsonInterval(plan.intervalConfidence()).low()
            < threshold) {
      least++;
    }
    return 1 - BinomialDistribution.of(items, alternative).cumulativeProbability(least - 1);
  }

  /** The root of p (1 - p), which is largest at a half. */
  @Test
  void the_spread_between_two_shares_is_that_of_the_one_nearest_to_a_half() {
    assertThat(Proportion.maxStandardDeviation(0.9, 0.8)).isCloseTo(0.4, within(1e-12));
    assertThat(Proportion.maxStandardDeviation(0.1, 0.2)).isCloseTo(0.4, within(1e-12));
    assertThat(Proportion.maxStandardDeviation(0.4, 0.9)).isCloseTo(0.5, within(1e-12));
  }
}
