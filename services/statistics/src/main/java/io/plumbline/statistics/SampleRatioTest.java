package io.plumbline.statistics;

import org.apache.commons.numbers.gamma.LogBeta;

/**
 * A test of whether a traffic split is the configured one. The evidence is a Beta(½, ½) mixture
 * against the expected share, which is an e-process: by Ville's inequality, a true split ever
 * exceeds 1/α with probability at most α, however often one looks (M. Lindon and A. Malek,
 * Anytime-valid inference for multinomial count data, NeurIPS 2022, for two categories).
 */
public final class SampleRatioTest {

  private SampleRatioTest() {}

  /** Returns the natural logarithm of the evidence against the expected share. */
  public static double logEvidence(long inArm, long total, double expectedShare) {
    if (!(expectedShare > 0 && expectedShare < 1)) {
      throw new IllegalArgumentException(
          "A split has two arms: a share lies between 0 and 1, not " + expectedShare);
    }
    double mixture = LogBeta.value(inArm + 0.5, total - inArm + 0.5) - LogBeta.value(0.5, 0.5);
    return mixture - inArm * Math.log(expectedShare) - (total - inArm) * Math.log1p(-expectedShare);
  }

  /** Returns whether the split is shown to differ from the configured one at the level alpha. */
  public static boolean isMismatch(long inArm, long total, double expectedShare, double alpha) {
    return logEvidence(inArm, total, expectedShare) >= -Math.log(alpha);
  }
}
