package io.plumbline.statistics;

/**
 * The mean of independent values between 0 and 1: a share, where each is one of the two, or the
 * mean of scores in between.
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
    return new BoundedMean(values.length == 0 ? Double.NaN : sum / values.length, values.length);
  }

  /**
   * The score interval: E. B. Wilson, Probable inference, the law of succession, and statistical
   * inference, JASA 22 (1927) 209–212; method 3 of R. G. Newcombe, Two-sided confidence intervals
   * for the single proportion, Statistics in Medicine 17 (1998) 857–872.
   *
   * <p>It tests each mean μ with the variance μ(1 − μ) of a yes-or-no outcome. That bounds the
   * variance of every value X between 0 and 1: X² ≤ X, so that E X² − μ² ≤ μ − μ² (R. Bhatia and C.
   * Davis, A better bound on the variance, American Mathematical Monthly 107 (2000) 353–357). So
   * the interval is at least as wide as it has to be, and unlike one from the spread of the sample
   * it does not shrink to a point where all values are 0 or all are 1.
   */
  public Interval score(double confidence) {
    double z = Normal.critical(confidence);
    double n = trials;
    double centre = (2 * n * value + z * z) / (2 * (n + z * z));
    double half = z * Math.sqrt(z * z + 4 * n * value * (1 - value)) / (2 * (n + z * z));
    // Rounding must not leave the exact ends: no success gives exactly 0, no failure exactly 1.
    return new Interval(
        value == 0 ? 0 : Math.max(0, centre - half), value == 1 ? 1 : Math.min(1, centre + half));
  }

  /**
   * How many trials it takes, at the mean seen here, until the score interval excludes a threshold.
   * Solves the score equation (p − t)² = z² t (1 − t) / n for n.
   *
   * @return {@link Long#MAX_VALUE} when the mean equals the threshold
   */
  public long trialsToExclude(double threshold, double confidence) {
    double z = Normal.critical(confidence);
    double distance = value - threshold;
    double needed = Math.ceil(z * z * threshold * (1 - threshold) / (distance * distance));
    return needed < 1e9 ? (long) needed : Long.MAX_VALUE;
  }
}
