package io.plumbline.contracts;

import java.math.BigDecimal;

/**
 * One pre-registered condition of success.
 *
 * @param metric the metric's name as the suite that the criteria name measures it
 * @param direction whether larger or smaller values are better
 * @param threshold the bound the value must reach; for a proportion the bound is compared with its
 *     confidence interval
 * @param alternative the value, better than the threshold, that a variant which is worth having is
 *     expected to have: the run must have the items to pass it with a probability of {@code power}
 * @param power the probability with which a variant of that value reaches the threshold
 * @param margin the largest loss against the baseline that still counts as no worse
 *     (non-inferiority margin), in the metric's unit
 * @param sampleSize the least number of items a run must have to be judged
 */
public record Criterion(
    String metric,
    MetricKind kind,
    Direction direction,
    double threshold,
    double alternative,
    double power,
    double margin,
    int sampleSize) {

  /** What is registered unless it is said otherwise. */
  public static final double DEFAULT_POWER = 0.8;

  /** A criterion with the usual power. */
  public Criterion(
      String metric,
      MetricKind kind,
      Direction direction,
      double threshold,
      double alternative,
      double margin,
      int sampleSize) {
    this(metric, kind, direction, threshold, alternative, DEFAULT_POWER, margin, sampleSize);
  }

  /**
   * The smallest effect of interest: how far the alternative is from the threshold. Of the decimal
   * numbers as they were registered, so that 0.93 is as far from 0.85 as 0.98 from 0.9.
   */
  public double effect() {
    return BigDecimal.valueOf(alternative)
        .subtract(BigDecimal.valueOf(threshold))
        .abs()
        .doubleValue();
  }

  /** Kinds of evidence; a set of criteria needs one of quality and one of another kind. */
  public enum MetricKind {
    TASK_QUALITY,
    JUDGED_QUALITY,
    ROBUSTNESS,
    LATENCY,
    COST;

    /** Whether metrics of this kind say how good the answers are. */
    public boolean ofQuality() {
      return switch (this) {
        case TASK_QUALITY, JUDGED_QUALITY -> true;
        case ROBUSTNESS, LATENCY, COST -> false;
      };
    }
  }

  /** Which way a metric improves. */
  public enum Direction {
    AT_LEAST,
    AT_MOST
  }
}
