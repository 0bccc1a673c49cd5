package io.plumbline.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DesignTests {

  /**
   * Connor, Biometrics 43 (1987), p. 209, whose 22.01 is printed as 22 and rounded up here; and S.
   * W. Duffy, Statistics in Medicine 3 (1984), the asymptotic size for 0.125 and 0.25.
   */
  @Test
  void sample_sizes_agree() {
    assertThat(new PairedPower(0.05, 0.45).power(22, 0.05)).isCloseTo(0.8, within(1e-3));
    assertThat(new PairedPower(0.05, 0.45).items(0.05, 0.8)).isEqualTo(23);
    assertThat(new PairedPower(0.125, 0.25).items(0.05, 0.9)).isEqualTo(248);
    assertThat(new PairedPower(0.125, 0.25).power(248, 0.05)).isCloseTo(0.9, within(1e-3));
  }

  @Test
  void no_sample_detects_no_difference() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PairedPower(0.1, 0.1));
  }

  /**
   * The worked example of the method's encyclopedia article: 0.01, 0.04, 0.03, 0.005 at four
   * hypotheses.
   */
  @Test
  void holm_agrees() {
    assertThat(Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
    assertThat(Holm.adjust(new double[] {})).isEmpty();
  }

  /**
   * numpy.quantile's documentation: the median of 10, 7, 4, 3, 2, 1 is 3.5; and Conover's order
   * statistics of a median of ten.
   */
  @Test
  void quantiles_agree() {
    double[] sorted = {1, 2, 3, 4, 7, 10};
    assertThat(Quantiles.of(sorted, 0.5)).isEqualTo(3.5);
    double[] ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    assertThat(Quantiles.interval(ten, 0.5, 0.95)).isEqualTo(new Interval(2, 9));
    assertThat(Quantiles.interval(ten, 0.95, 0.95).high()).isInfinite();
  }

  @Test
  void a_quantile_has_both_bounds_from_the_fewest_items_on() {
    for (double q : new double[] {0.05, 0.5, 0.95}) {
      int least = Quantiles.leastItems(q, 0.95);
      Interval enough = Quantiles.interval(new double[least], q, 0.95);
      Interval tooFew = Quantiles.interval(new double[least - 1], q, 0.95);
      assertThat(Double.isFinite(enough.low()) && Double.isFinite(enough.high())).isTrue();
      assertThat(Double.isFinite(tooFew.low()) && Double.isFinite(tooFew.high())).isFalse();
    }
    assertThat(Quantiles.leastItems(0.95, 0.95)).isEqualTo(72);
  }
}
