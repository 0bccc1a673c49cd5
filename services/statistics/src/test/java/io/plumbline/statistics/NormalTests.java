package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Abramowitz and Stegun, Handbook of Mathematical Functions (1964), tables 26.1 and 26.5. */
class NormalTests {

  @ParameterizedTest
  @CsvSource({"0, 0.5", "1, 0.841344746", "2, 0.977249868", "-1, 0.158655254"})
  void cumulative_probabilities_agree(double x, double probability) {
    assertThat(Normal.cdf(x)).isCloseTo(probability, within(5e-10));
  }

  @ParameterizedTest
  @CsvSource({"0.90, 1.64485", "0.95, 1.95996", "0.99, 2.57583"})
  void critical_values_agree(double confidence, double value) {
    assertThat(Normal.criticalValue(confidence)).isCloseTo(value, within(5e-6));
  }

  @Test
  void a_confidence_level_lies_between_zero_and_one() {
    assertThatIllegalArgumentException().isThrownBy(() -> Normal.criticalValue(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Normal.criticalValue(1));
  }
}
