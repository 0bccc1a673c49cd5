package io.plumbline.statistics;

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

  /** The score interval: {@link BoundedMean#score}. */
  public Interval wilson(double confidence) {
    return mean().score(confidence);
  }

  private BoundedMean mean() {
    return new BoundedMean(value(), trials);
  }

  /** {@link BoundedMean#trialsToExclude}. */
  public long trialsToExclude(double threshold, double confidence) {
    return mean().trialsToExclude(threshold, confidence);
  }
}
