package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedMeanTests {

  /**
   * Ten scores of a mean of 0.75, by hand: z² = 3.8415; the centre is (15 + 3.8415) / 27.6829 =
   * 0.68062, half the width 1.95996 · √(3.8415 + 40 · 0.75 · 0.25) / 27.6829 = 0.23843.
   */
  @Test
  void its_interval_is_that_of_a_share_of_the_same_value() {
    double[] scores = {0.5, 1, 0.75, 0.5, 1, 1, 0.25, 1, 0.5, 1};

    Interval interval = BoundedMean.of(scores).scoreInterval(0.95);

    assertThat(interval.low()).isCloseTo(0.44219, within(1e-4));
    assertThat(interval.high()).isCloseTo(0.91905, within(1e-4));
  }

  @Test
  void it_does_not_shrink_to_a_point_where_all_scores_are_alike() {
    assertThat(BoundedMean.of(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}).scoreInterval(0.95))
        .isEqualTo(new Proportion(10, 10).wilsonInterval(0.95));
    assertThat(BoundedMean.of(new double[10]).scoreInterval(0.95).high()).isGreaterThan(0.25);
    assertThat(BoundedMean.of(new double[] {0.5, 0.5}).scoreInterval(0.95))
        .isEqualTo(new Proportion(1, 2).wilsonInterval(0.95));
  }

  /** Scores in thirds, as of three fields, spread less than the interval assumes. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.8, 0.95})
  void it_covers_the_mean_at_least_as_often_as_its_level_says(double mean) {
    SplittableRandom random = new SplittableRandom(33);
    int trials = 2_000;
    int covered = 0;
    for (int trial = 0; trial < trials; trial++) {
      double[] scores = new double[60];
      for (int i = 0; i < scores.length; i++) {
        for (int field = 0; field < 3; field++) {
          scores[i] += random.nextDouble() < mean ? 1.0 / 3 : 0;
        }
        scores[i] = Math.min(1, scores[i]);
      }
      Interval interval = BoundedMean.of(scores).scoreInterval(0.95);
      covered += interval.low() <= mean && mean <= interval.high() ? 1 : 0;
    }
    assertThat((double) covered / trials).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void what_is_no_mean_of_scores_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new BoundedMean(1.1, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new BoundedMean(Double.NaN, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> BoundedMean.of(new double[0]));
  }
}
