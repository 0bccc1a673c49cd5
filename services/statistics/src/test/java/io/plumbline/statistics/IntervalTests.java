package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class IntervalTests {

  @Test
  void bounds_are_ordered_numbers() {
    assertThat(new Interval(1, 1)).isEqualTo(new Interval(1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(Double.NaN, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(0, Double.NaN));
  }

  @Test
  void a_bound_may_be_infinite() {
    assertThat(new Interval(Double.NEGATIVE_INFINITY, 3).high()).isEqualTo(3);
  }
}
