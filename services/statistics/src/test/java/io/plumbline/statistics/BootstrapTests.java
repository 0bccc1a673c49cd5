package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class BootstrapTests {

  /**
   * The spatial test data of Efron and Tibshirani (1993), table 14.1, score A; the parameter is its
   * variance (divisor n).
   */
  private static final double[] SPATIAL = {
    48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30,
    41
  };

  private static double variance(int[] times) {
    double sum = 0;
    double squares = 0;
    double n = 0;
    for (int i = 0; i < SPATIAL.length; i++) {
      n += times[i];
      sum += times[i] * SPATIAL[i];
      squares += times[i] * SPATIAL[i] * SPATIAL[i];
    }
    return squares / n - sum / n * (sum / n);
  }

  @Test
  void agrees_with_efron_and_tibshirani() {
    Bootstrap bootstrap = Bootstrap.ofRows(SPATIAL.length, 20_000, 1);
    assertThat(bootstrap.observed(BootstrapTests::variance)).isCloseTo(171.5, within(0.05));
    assertThat(bootstrap.acceleration(BootstrapTests::variance)).isCloseTo(0.061, within(5e-4));
    Interval percentile = bootstrap.percentileInterval(BootstrapTests::variance, 0.9);
    assertThat(percentile.low()).isCloseTo(100.8, within(3.0));
    assertThat(percentile.high()).isCloseTo(233.9, within(3.0));
    Interval bca = bootstrap.bcaInterval(BootstrapTests::variance, 0.9);
    assertThat(bca.low()).isCloseTo(115.8, within(3.0));
    assertThat(bca.high()).isCloseTo(259.6, within(3.0));
  }

  @Test
  void a_seed_gives_the_same_replicates_on_any_number_of_threads() throws Exception {
    double[] here = Bootstrap.ofRows(SPATIAL.length, 1000, 7).replicates(BootstrapTests::variance);
    try (ForkJoinPool one = new ForkJoinPool(1)) {
      assertThat(
              one.submit(() ->
                      Bootstrap.ofRows(SPATIAL.length, 1000, 7)
                          .replicates(BootstrapTests::variance))
                  .get())
          .isEqualTo(here);
    }
    assertThat(Bootstrap.ofRows(SPATIAL.length, 1000, 8).replicates(BootstrapTests::variance))
        .isNotEqualTo(here);
  }

  /** A share's bootstrap distribution is binomial: its standard error is √(p q / n). */
  @Test
  void cells_resample_as_their_rows_would() {
    int[] cellOfRow = new int[400];
    for (int i = 0; i < 100; i++) {
      cellOfRow[i] = 1;
    }
    double[] shares =
        Bootstrap.ofCells(cellOfRow, 2, 20_000, 3).replicates(cells -> cells[1] / 400.0);
    double mean = 0;
    double square = 0;
    for (double share : shares) {
      mean += share / shares.length;
      square += share * share / shares.length;
    }
    assertThat(mean).isCloseTo(0.25, within(1e-3));
    assertThat(Math.sqrt(square - mean * mean))
        .isCloseTo(Math.sqrt(0.25 * 0.75 / 400), within(5e-4));
  }

  @Test
  void a_constant_has_an_interval_of_no_width() {
    assertThat(Bootstrap.ofCells(new int[] {0, 0, 0}, 1, 100, 1).bcaInterval(cells -> 5, 0.95))
        .isEqualTo(new Interval(5, 5));
  }

  @Test
  void an_odd_number_of_rows_is_drawn_in_full_and_evenly() {
    Bootstrap bootstrap = Bootstrap.ofRows(3, 20_000, 5);
    assertThat(bootstrap.replicates(times -> times[0] + times[1] + times[2])).containsOnly(3);
    assertThat(Arrays.stream(bootstrap.replicates(times -> times[2])).average().orElseThrow())
        .isCloseTo(1, within(0.02));
  }

  /** Each resample holds fewer different rows than there are, so all replicates lie on one side. */
  @Test
  void where_every_replicate_lies_on_one_side_the_percentile_interval_is_given() {
    Bootstrap.Statistic different = times -> Arrays.stream(times).filter(n -> n > 0).count();
    Bootstrap bootstrap = Bootstrap.ofRows(50, 1_000, 5);
    assertThat(bootstrap.bcaInterval(different, 0.9))
        .isEqualTo(bootstrap.percentileInterval(different, 0.9));
    assertThat(bootstrap.percentileInterval(different, 0.9).high()).isBetween(32.0, 49.0);
  }
}
