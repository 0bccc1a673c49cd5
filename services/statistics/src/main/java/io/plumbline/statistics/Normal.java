package io.plumbline.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The standard normal distribution. */
final class Normal {

  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  private Normal() {}

  static double cdf(double x) {
    return STANDARD.cumulativeProbability(x);
  }

  static double quantile(double p) {
    return STANDARD.inverseCumulativeProbability(p);
  }

  /** Returns the critical value of a two-sided interval, 1.96 for 0.95. */
  static double criticalValue(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "A confidence level lies between 0 and 1, not " + confidence);
    }
    return quantile(1 - (1 - confidence) / 2);
  }
}
