package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HolmTests {

  /**
   * The worked example of the method's encyclopedia article: 0.01, 0.04, 0.03, 0.005 at four
   * hypotheses.
   */
  @Test
  void agrees_with_the_worked_example() {
    assertThat(Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
    assertThat(Holm.adjust(new double[] {})).isEmpty();
  }

  /**
   * R Core Team, {@code p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm")}: 0.05, 0.08, 0.09, 0.09,
   * 0.09.
   */
  @Test
  void agrees_with_r() {
    assertThat(Holm.adjust(new double[] {0.01, 0.02, 0.03, 0.04, 0.05}))
        .containsExactly(new double[] {0.05, 0.08, 0.09, 0.09, 0.09}, within(1e-12));
  }

  @Test
  void adjusted_values_are_at_most_one_and_keep_the_order() {
    assertThat(Holm.adjust(new double[] {0.9, 0.4, 0.5})).containsExactly(1, 1, 1);
    assertThat(Holm.adjust(new double[] {0.03})).containsExactly(0.03);
  }
}
