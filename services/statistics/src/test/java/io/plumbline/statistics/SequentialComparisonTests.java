package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequentialComparisonTests {

  private static final double ALPHA = 0.05;

  private static long draw(SplittableRandom random, int trials, double rate) {
    long events = 0;
    for (int i = 0; i < trials; i++) {
      events += random.nextDouble() < rate ? 1 : 0;
    }
    return events;
  }

  /**
   * Returns the share of simulated courses in which the candidate is ever called worse, looked at
   * after each of the blocks.
   */
  private static double alarms(
      double baseline,
      double candidate,
      int baselineSize,
      int candidateSize,
      int blocks,
      int courses) {
    SplittableRandom random = new SplittableRandom(42);
    int alarms = 0;
    for (int course = 0; course < courses; course++) {
      SequentialComparison state = SequentialComparison.START;
      for (int block = 0; block < blocks && !state.isWorse(ALPHA); block++) {
        state =
            state.withBlock(
                baselineSize,
                draw(random, baselineSize, baseline),
                candidateSize,
                draw(random, candidateSize, candidate));
      }
      alarms += state.isWorse(ALPHA) ? 1 : 0;
    }
    return (double) alarms / courses;
  }

  @Test
  void holds_the_false_alarm_rate_however_often_it_looks() {
    assertThat(alarms(0.05, 0.05, 9, 1, 200, 500)).isLessThanOrEqualTo(ALPHA);
    assertThat(alarms(0.2, 0.2, 5, 5, 200, 500)).isLessThanOrEqualTo(ALPHA);
    assertThat(alarms(0.5, 0.5, 1, 1, 300, 300)).isLessThanOrEqualTo(ALPHA);
    assertThat(alarms(0.3, 0.2, 5, 5, 200, 300)).isLessThanOrEqualTo(ALPHA);
  }

  @Test
  void finds_a_candidate_that_is_worse() {
    assertThat(alarms(0.05, 0.35, 20, 20, 6, 200)).isGreaterThan(0.95);
    assertThat(alarms(0.02, 0.10, 18, 2, 400, 100)).isGreaterThan(0.95);
  }

  /**
   * Weights every outcome of one block by its probability: the evidence is expected to be at most 1
   * unless the candidate is worse.
   */
  @ParameterizedTest
  @CsvSource({"0.01, 0.01", "0.2, 0.2", "0.5, 0.5", "0.9, 0.9", "0.5, 0.3"})
  void expects_no_evidence_under_the_hypothesis(double baseline, double candidate) {
    double expectation = 0;
    for (int ofBaseline = 0; ofBaseline <= 7; ofBaseline++) {
      for (int ofCandidate = 0; ofCandidate <= 3; ofCandidate++) {
        double probability =
            BinomialDistribution.of(7, baseline).probability(ofBaseline)
                * BinomialDistribution.of(3, candidate).probability(ofCandidate);
        expectation +=
            probability
                * Math.exp(
                    SequentialComparison.START
                        .withBlock(7, ofBaseline, 3, ofCandidate)
                        .logEvidence());
      }
    }
    assertThat(expectation).isLessThanOrEqualTo(1 + 1e-12);
  }

  @Test
  void one_large_block_is_enough() {
    assertThat(SequentialComparison.START.withBlock(60, 3, 60, 24).isWorse(0.025)).isTrue();
    assertThat(SequentialComparison.START.withBlock(60, 3, 60, 4).isWorse(0.025)).isFalse();
  }

  @Test
  void refuses_a_block_of_one_arm() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SequentialComparison.START.withBlock(0, 0, 5, 1));
  }

  /** Blocks that arrive together or apart have the same totals; no order of arms matters. */
  @Test
  void counts_every_block() {
    SequentialComparison state =
        SequentialComparison.START.withBlock(10, 1, 5, 2).withBlock(20, 3, 5, 1);
    assertThat(state.baselineTrials()).isEqualTo(30);
    assertThat(state.baselineEvents()).isEqualTo(4);
    assertThat(state.candidateTrials()).isEqualTo(10);
    assertThat(state.candidateEvents()).isEqualTo(3);
    assertThat(SequentialComparison.START.logEvidence()).isZero();
  }

  /**
   * One block by hand: the mean over the grid of pairs of (a/m)^x ((1-a)/(1-m))^(n-x) ..., here for
   * two pure arms, x = 0 of 1 against 1 of 1, where the factor is (1 - a) b / ((1 - m) m) with m =
   * (a + b) / 2.
   */
  @Test
  void the_evidence_of_one_block_is_that_of_the_formula() {
    double[] grid = {0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9};
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < grid.length; i++) {
      for (int j = i + 1; j < grid.length; j++) {
        double mean = (grid[i] + grid[j]) / 2;
        sum += (1 - grid[i]) / (1 - mean) * (grid[j] / mean);
        pairs++;
      }
    }
    assertThat(Math.exp(SequentialComparison.START.withBlock(1, 0, 1, 1).logEvidence()))
        .isCloseTo(sum / pairs, within(1e-12));
  }
}
