package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

class SampleRatioTestTests {

  private static final double ALPHA = 0.05;

  @Test
  void a_true_split_rarely_looks_wrong() {
    SplittableRandom random = new SplittableRandom(5);
    int alarms = 0;
    for (int course = 0; course < 500; course++) {
      long inArm = 0;
      boolean alarm = false;
      for (int n = 1; n <= 1000; n++) {
        inArm += random.nextDouble() < 0.1 ? 1 : 0;
        alarm |= SampleRatioTest.isMismatch(inArm, n, 0.1, ALPHA);
      }
      alarms += alarm ? 1 : 0;
    }
    assertThat(alarms / 500.0).isLessThanOrEqualTo(ALPHA);
    assertThat(SampleRatioTest.isMismatch(300, 1000, 0.1, 0.001)).isTrue();
  }

  /**
   * The Beta(½, ½) mixture of binomials is the arcsine law: after one observation it gives either
   * outcome probability ½, so the evidence against share p is ½ / p.
   */
  @Test
  void one_observation_weighs_as_the_arcsine_prior_says() {
    assertThat(Math.exp(SampleRatioTest.logEvidence(1, 1, 0.1))).isCloseTo(5, within(1e-12));
    assertThat(Math.exp(SampleRatioTest.logEvidence(0, 1, 0.1)))
        .isCloseTo(0.5 / 0.9, within(1e-12));
    assertThat(SampleRatioTest.logEvidence(0, 0, 0.1)).isZero();
  }

  /** An e-value: its expectation under the expected share is 1. */
  @Test
  void the_evidence_is_expected_to_be_one_under_the_expected_share() {
    double expectation = 0;
    for (int inArm = 0; inArm <= 40; inArm++) {
      expectation +=
          BinomialDistribution.of(40, 0.3).probability(inArm)
              * Math.exp(SampleRatioTest.logEvidence(inArm, 40, 0.3));
    }
    assertThat(expectation).isCloseTo(1, within(1e-9));
  }

  @Test
  void refuses_a_share_that_leaves_one_arm_empty() {
    assertThatIllegalArgumentException().isThrownBy(() -> SampleRatioTest.logEvidence(1, 2, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> SampleRatioTest.logEvidence(1, 2, 1));
  }
}
