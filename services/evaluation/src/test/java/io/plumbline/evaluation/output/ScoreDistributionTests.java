package io.plumbline.evaluation.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.output.ScoreDistribution.Range;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreDistributionTests {

  @Test
  void both_ends_stand_alone_and_what_is_between_is_ten_ranges_without_a_gap() {
    ScoreDistribution distribution =
        ScoreDistribution.of("token_f1", IntStream.range(0, 12).toArray(), 3);

    assertThat(distribution.ranges())
        .hasSize(12)
        .startsWith(new Range(0, 0, 0), new Range(0, 0.1, 1), new Range(0.1, 0.2, 2))
        .endsWith(new Range(0.8, 0.9, 9), new Range(0.9, 1, 10), new Range(1, 1, 11));
    assertThat(distribution.notApplicable()).isEqualTo(3);
  }
}
