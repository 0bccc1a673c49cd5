package io.plumbline.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTests {

  /** The example of the nearest-rank method in Wikipedia's article on percentiles. */
  @Test
  void percentiles_are_by_nearest_rank() {
    List<Double> values = List.of(50.0, 15.0, 40.0, 20.0, 35.0);
    assertThat(Series.percentile(values, 0.05)).isEqualTo(15);
    assertThat(Series.percentile(values, 0.30)).isEqualTo(20);
    assertThat(Series.percentile(values, 0.40)).isEqualTo(20);
    assertThat(Series.percentile(values, 0.50)).isEqualTo(35);
    assertThat(Series.percentile(values, 1.00)).isEqualTo(50);
  }

  @Test
  void a_line_shows_median_extent_and_ratio() {
    Series baseline = new Series("plain", "ms", List.of(2.0));
    assertThat(new Series("ours", "ms", List.of(1.0, 3.0, 5.0)).reportLine(baseline))
        .isEqualToNormalizingWhitespace("ours 3.00 ms [1.00 – 5.00] 1.50×");
  }
}
