package io.plumbline.evaluation.statistics;

/** Successes among independent trials. */
public record Proportion(long successes, long trials) {

  public Proportion {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "%d successes in %d trials are not a proportion".formatted(successes, trials));
    }
  }

  public double value() {
    return (double) successes / trials;
  }

  /**
   * The standard deviation between items of a share that lies somewhere between two values: that of
   * the binomial distribution, where it is largest.
   */
  public static double spread(double one, double other) {
    double low = Math.min(one, other);
    double high = Math.max(one, other);
    double widest = Math.clamp(0.5, low, high);
    return Math.sqrt(widest * (1 - widest));
  }

  /**
   * The score interval: E. B. Wilson, Probable inference, the law of succession, and statistical
   * inference, JASA 22 (1927) 209–212; method 3 of R. G. Newcombe, Two-sided confidence intervals
   * for the single proportion, Statistics in Medicine 17 (1998) 857–872.
   */
  public Interval wilson(double confidence) {
    double z = Normal.critical(confidence);
    double n = trials;
    double p = value();
    double centre = (2 * n * p + z * z) / (2 * (n + z * z));
    double half = z * Math.sqrt(z * z + 4 * n * p * (1 - p)) / (2 * (n + z * z));
    // Rounding must not leave the exact ends: no success gives exactly 0, no failure exactly 1.
    return new Interval(
        successes == 0 ? 0 : Math.max(0, centre - half),
        successes == trials ? 1 : Math.min(1, centre + half));
  }

  /**
   * How many trials it takes, at the rate seen here, until the score interval excludes a threshold.
   * Solves the score equation (p − t)² = z² t (1 − t) / n for n.
   *
   * @return {@link Long#MAX_VALUE} when the rate equals the threshold
   */
  public long trialsToExclude(double threshold, double confidence) {
    double z = Normal.critical(confidence);
    double distance = value() - threshold;
    double needed = Math.ceil(z * z * threshold * (1 - threshold) / (distance * distance));
    return needed < 1e9 ? (long) needed : Long.MAX_VALUE;
  }
}
