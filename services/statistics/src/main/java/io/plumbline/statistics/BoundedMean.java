package io.plumbline.statistics;

/**
 * The mean of independent values between 0 and 1: a share when every value is 0 or 1, otherwise a
 * mean of scores.
 */
public record BoundedMean(double value, long trials) {

  public BoundedMean {
    if (trials < 1 || !(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "%s over %d trials is not a mean of values between 0 and 1".formatted(value, trials));
    }
  }

  public static BoundedMean of(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    // Without values the mean is 0 / 0, which the constructor rejects.
    return new BoundedMean(sum / values.length, values.length);
  }

  /**
   * Returns the score interval: E. B. Wilson, Probable inference, the law of succession, and
   * statistical inference, JASA 22 (1927) 209–212; method 3 of R. G. Newcombe, Two-sided confidence
   * intervals for the single proportion, Statistics in Medicine 17 (1998) 857–872.
   *
   * <p>It tests each mean μ with the variance μ(1 − μ) of a yes-or-no outcome. That bounds the
   * variance of every value X between 0 and 1: X² ≤ X, so that E X² − μ² ≤ μ − μ² (R. Bhatia and C.
   * Davis, A better bound on the variance, American Mathematical Monthly 107 (2000) 353–357). The
   * interval is therefore at least as wide as it has to be. Unlike an interval from the spread of
   * the sample, it does not shrink to a point when all values are 0 or all are 1.
   */
  public Interval scoreInterval(double confidence) {
    double z = Normal.criticalValue(confidence);
    double n = trials;
    double centre = (2 * n * value + z * z) / (2 * (n + z * z));
    double half = z * Math.sqrt(z * z + 4 * n * value * (1 - value)) / (2 * (n + z * z));
    double low = Math.max(0, centre - half);
    double high = Math.min(1, centre + half);
    // Rounding must not leave the exact ends: no success gives exactly 0, no failure exactly 1.
    if (value == 0) {
      return new Interval(0, high);
    }
    if (value == 1) {
      return new Interval(low, 1);
    }
    return new Interval(low, high);
  }

  /**
   * Returns how many trials it takes, at the mean seen here, until the score interval excludes a
   * threshold. Solves the score equation (p − t)² = z² t (1 − t) / n for n.
   *
   * @return {@link Long#MAX_VALUE} when the mean equals the threshold
   */
  public long trialsToExclude(double threshold, double confidence) {
    double z = Normal.criticalValue(confidence);
    double distance = value - threshold;
    double needed = Math.ceil(z * z * threshold * (1 - threshold) / (distance * distance));
    if (needed < 1e9) {
      return (long) needed;
    }
    return Long.MAX_VALUE;
  }
}
