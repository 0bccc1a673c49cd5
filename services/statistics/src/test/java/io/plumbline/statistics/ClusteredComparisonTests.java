package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClusteredComparisonTests {

  private static final ClusteredComparison START = ClusteredComparison.start(4);

  @Test
  void no_evidence_is_there_at_the_start() {
    assertThat(START.logEvidence()).isZero();
    assertThat(START.isWorse(0.05)).isFalse();
    assertThat(START.candidateTrials()).isZero();
  }

  @Test
  void one_cluster_alone_is_no_evidence() {
    ClusteredComparison accused = START.withBlock(2, 1_000, 0, 1_000, 1_000);

    assertThat(accused.logEvidence()).isLessThanOrEqualTo(0);
    assertThat(accused.candidateEvents()).isEqualTo(1_000);
  }

  /** Each mean has three terms with one of the two clusters, and one with none. */
  @Test
  void two_equal_clusters_are_the_evidence_of_one_in_three_of_four_terms() {
    SequentialComparison one = SequentialComparison.START.withBlock(50, 1, 50, 20);
    ClusteredComparison two = START.withBlock(0, 50, 1, 50, 20).withBlock(1, 50, 1, 50, 20);

    assertThat(two.logEvidence())
        .isCloseTo(Math.log((3 * Math.exp(one.logEvidence()) + 1) / 4), within(1e-9));
  }

  @Test
  void what_one_cluster_hides_costs_no_more_than_the_number_of_clusters() {
    ClusteredComparison harmed =
        START
            .withBlock(0, 200, 4, 200, 60)
            .withBlock(1, 200, 4, 200, 60)
            .withBlock(2, 200, 4, 200, 60);
    SequentialComparison two =
        SequentialComparison.START.withBlock(200, 4, 200, 60).withBlock(200, 4, 200, 60);

    ClusteredComparison masked = harmed.withBlock(3, 5_000, 5_000, 5_000, 0);

    assertThat(masked.logEvidence()).isGreaterThanOrEqualTo(two.logEvidence() - Math.log(4) - 1e-9);
    assertThat(masked.isWorse(0.05)).isTrue();
  }

  @Test
  void fewer_than_two_clusters_are_refused() {
    assertThatThrownBy(() -> new ClusteredComparison(List.of(SequentialComparison.START)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
