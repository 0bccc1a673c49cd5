package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuantilesTests {

  /**
   * numpy.quantile's documentation: the median of 10, 7, 4, 3, 2, 1 is 3.5; and Conover's order
   * statistics of a median of ten.
   */
  @Test
  void agree_with_numpy_and_conover() {
    double[] sorted = {1, 2, 3, 4, 7, 10};
    assertThat(Quantiles.of(sorted, 0.5)).isEqualTo(3.5);
    double[] ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    assertThat(Quantiles.interval(ten, 0.5, 0.95)).isEqualTo(new Interval(2, 9));
    assertThat(Quantiles.interval(ten, 0.95, 0.95).high()).isInfinite();
  }

  @Test
  void a_quantile_has_both_bounds_from_the_fewest_items_on() {
    for (double q : new double[] {0.05, 0.5, 0.95}) {
      int minimum = Quantiles.minimumItems(q, 0.95);
      Interval enough = Quantiles.interval(new double[minimum], q, 0.95);
      Interval tooFew = Quantiles.interval(new double[minimum - 1], q, 0.95);
      assertThat(Double.isFinite(enough.low()) && Double.isFinite(enough.high())).isTrue();
      assertThat(Double.isFinite(tooFew.low()) && Double.isFinite(tooFew.high())).isFalse();
    }
    assertThat(Quantiles.minimumItems(0.95, 0.95)).isEqualTo(72);
  }

  /**
   * Hyndman and Fan (1996), type 7, as R's {@code quantile(1:10, c(0.25, 0.95))} gives: 3.25 and
   * 9.55.
   */
  @Test
  void agree_with_r() {
    double[] ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    assertThat(Quantiles.of(ten, 0.25)).isCloseTo(3.25, within(1e-12));
    assertThat(Quantiles.of(ten, 0.95)).isCloseTo(9.55, within(1e-12));
    assertThat(Quantiles.of(ten, 0)).isEqualTo(1);
    assertThat(Quantiles.of(ten, 1)).isEqualTo(10);
    assertThat(Quantiles.of(new double[] {7}, 0.5)).isEqualTo(7);
  }

  /** Wilks, Annals of Mathematical Statistics 12 (1941) 91–96: 0.95ⁿ ≤ 0.05 from 59 items on. */
  @Test
  void one_sided_minimum_agrees_with_wilks() {
    assertThat(Quantiles.minimumItems(0.95, 0.90)).isEqualTo(59);
  }
}
