package io.plumbline.statistics;

/**
 * The smallest effect that a test would have detected: H. S. Bloom, Minimum detectable effects: a
 * simple way to report the statistical power of experimental designs, Evaluation Review 19 (1995)
 * 547–556. It is a multiple of the standard error: the normal quantile of the one-sided level plus
 * that of the power.
 */
public final class MinimumDetectableEffect {

  private MinimumDetectableEffect() {}

  /**
   * Returns the smallest effect as a multiple of the standard error.
   *
   * @param alpha the one-sided level
   */
  static double multiplier(double alpha, double power) {
    return Normal.quantile(1 - alpha) + Normal.quantile(power);
  }

  /**
   * Returns how many items it takes to detect an effect with the given power. The standard error of
   * a mean is the spread over the root of the number of items.
   *
   * @param spread the standard deviation between items
   */
  public static long requiredItems(double effect, double alpha, double power, double spread) {
    return (long) Math.ceil(Math.pow(multiplier(alpha, power) * spread / effect, 2));
  }

  /**
   * Returns the standard deviation between items that an interval was computed from, for {@link
   * #requiredItems}.
   *
   * @param items the observations behind the interval
   */
  public static double impliedStandardDeviation(Interval interval, double confidence, long items) {
    return standardError(interval, confidence) * Math.sqrt((double) items);
  }

  /**
   * Returns the smallest effect that the test behind an interval would have detected.
   *
   * @param confidence the level of the interval; the one-sided level is half of its complement
   * @param power the probability with which an effect of this size would have been detected
   * @return infinite when the interval is open
   */
  public static double of(Interval interval, double confidence, double power) {
    return multiplier((1 - confidence) / 2, power) * standardError(interval, confidence);
  }

  /**
   * Returns the standard error that a two-sided interval was computed from. It is taken as the
   * width of the interval over twice its critical value, which is exact for a symmetric interval.
   */
  private static double standardError(Interval interval, double confidence) {
    return (interval.high() - interval.low()) / (2 * Normal.criticalValue(confidence));
  }
}
