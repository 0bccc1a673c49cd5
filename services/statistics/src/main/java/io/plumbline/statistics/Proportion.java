package io.plumbline.statistics;

/** A number of successes among independent trials. */
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
   * Returns the largest standard deviation between items that a share between two values can have:
   * that of a binomial outcome with the share nearest to a half.
   */
  public static double maxStandardDeviation(double one, double other) {
    double low = Math.min(one, other);
    double high = Math.max(one, other);
    double widest = Math.clamp(0.5, low, high);
    return Math.sqrt(widest * (1 - widest));
  }

  /** Returns the score interval of {@link BoundedMean#scoreInterval}. */
  public Interval wilsonInterval(double confidence) {
    return mean().scoreInterval(confidence);
  }

  private BoundedMean mean() {
    return new BoundedMean(value(), trials);
  }

  /** Returns {@link BoundedMean#trialsToExclude} of the share. */
  public long trialsToExclude(double threshold, double confidence) {
    return mean().trialsToExclude(threshold, confidence);
  }
}
