package io.plumbline.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTests {

  /**
   * Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, methods 3 (score) and 5 (exact),
   * 95%.
   */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662, 0.2527, 0.3676",
    "15, 148, 0.0624, 0.1605, 0.0578, 0.1617",
    "0, 20, 0.0000, 0.1611, 0.0000, 0.1684",
    "1, 29, 0.0061, 0.1718, 0.0009, 0.1776",
  })
  void agrees_with_newcombe(
      long successes,
      long trials,
      double scoreLow,
      double scoreHigh,
      double exactLow,
      double exactHigh) {
    Proportion proportion = new Proportion(successes, trials);
    assertInterval(proportion.wilson(0.95), scoreLow, scoreHigh);
    assertInterval(proportion.clopperPearson(0.95), exactLow, exactHigh);
  }

  /**
   * Fagerland, Lydersen and Laake, Statistical Analysis of Contingency Tables (2017), section 2.4:
   * 13 of 16.
   */
  @Test
  void agrees_with_fagerland() {
    assertInterval(new Proportion(13, 16).clopperPearson(0.95), 0.5435, 0.9595);
    assertInterval(new Proportion(10, 10).clopperPearson(0.95), 0.6915, 1);
    assertInterval(new Proportion(0, 10).clopperPearson(0.95), 0, 0.3085);
  }

  @Test
  void tells_how_many_trials_exclude_athreshold() {
    long needed = new Proportion(92, 100).trialsToExclude(0.9, 0.95);
    assertThat(new Proportion(Math.round(needed * 0.92), needed).wilson(0.95).low())
        .isCloseTo(0.9, within(2e-3));
    assertThat(new Proportion(9, 10).trialsToExclude(0.9, 0.95)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void refuses_what_is_no_proportion() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(1, 2).wilson(1));
  }

  static void assertInterval(Interval interval, double low, double high) {
    assertThat(interval.low()).isCloseTo(low, within(5.1e-5));
    assertThat(interval.high()).isCloseTo(high, within(5.1e-5));
  }
}
