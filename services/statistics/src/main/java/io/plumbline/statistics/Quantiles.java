package io.plumbline.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/** Quantiles of a sample, with intervals for those of its population. */
public final class Quantiles {

  private Quantiles() {}

  /**
   * Returns the sample quantile by linear interpolation: type 7 of R. J. Hyndman and Y. Fan, The
   * American Statistician 50 (1996) 361–365.
   */
  public static double of(double[] sorted, double q) {
    double position = q * (sorted.length - 1);
    int below = (int) position;
    double share = position - below;
    if (share == 0) {
      return sorted[below];
    }
    return sorted[below] + share * (sorted[below + 1] - sorted[below]);
  }

  /**
   * Returns the distribution-free interval between two order statistics: W. J. Conover, Practical
   * Nonparametric Statistics (3rd ed. 1999), section 3.2. The interval is conservative. A bound is
   * infinite when the sample is too small to have one.
   */
  public static Interval interval(double[] sorted, double q, double confidence) {
    double tail = (1 - confidence) / 2;
    BinomialDistribution below = BinomialDistribution.of(sorted.length, q);
    int low = 0;
    while (low < sorted.length && below.cumulativeProbability(low) <= tail) {
      low++;
    }
    int high = low;
    while (high < sorted.length && below.cumulativeProbability(high) < 1 - tail) {
      high++;
    }
    return new Interval(
        low == 0 ? Double.NEGATIVE_INFINITY : sorted[low - 1],
        high >= sorted.length ? Double.POSITIVE_INFINITY : sorted[high]);
  }

  /**
   * Returns the fewest items with which {@link #interval} has both bounds: 72 for the 95th
   * percentile at 95%.
   */
  public static int minimumItems(double q, double confidence) {
    return (int) Math.ceil(Math.log((1 - confidence) / 2) / Math.log(Math.max(q, 1 - q)));
  }
}
