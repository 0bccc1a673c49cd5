package io.plumbline.contracts;

import java.math.BigDecimal;

/**
 * One pre-registered condition of success.
 *
 * @param metric the name of the metric in the suite that the criteria refer to
 * @param direction whether larger or smaller values are better
 * @param threshold the bound the value must reach; for a proportion the bound is compared with its
 *     confidence interval
 * @param alternative the value, better than the threshold, that a worthwhile variant is expected to
 *     reach. The run needs enough items for such a variant to pass with probability {@code power}
 * @param power the probability with which a variant whose true value is {@code alternative} passes
 * @param margin the largest loss against the baseline that still counts as no worse
 *     (non-inferiority margin), in the metric's unit
 * @param sampleSize the minimum number of items that a run must have to be judged
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

  /** The power that a criterion has when none is given. */
  public static final double DEFAULT_POWER = 0.8;

  /** Creates a criterion with the {@linkplain #DEFAULT_POWER default power}. */
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
   * Returns the smallest effect of interest, which is the distance between the alternative and the
   * threshold. The distance is computed in decimal, as the numbers were registered, so that 0.93 is
   * as far from 0.85 as 0.98 is from 0.9.
   */
  public double minimumEffect() {
    return BigDecimal.valueOf(alternative)
        .subtract(BigDecimal.valueOf(threshold))
        .abs()
        .doubleValue();
  }

  /**
   * The kind of evidence that a metric gives. A set of criteria needs one metric of quality and one
   * of another kind.
   */
  public enum MetricKind {
    TASK_QUALITY,
    JUDGED_QUALITY,
    ROBUSTNESS,
    LATENCY,
    COST;

    /** Returns whether metrics of this kind measure the quality of answers. */
    public boolean measuresQuality() {
      return switch (this) {
        case TASK_QUALITY, JUDGED_QUALITY -> true;
        case ROBUSTNESS, LATENCY, COST -> false;
      };
    }
  }

  /** The direction in which a metric improves. */
  public enum Direction {
    AT_LEAST,
    AT_MOST
  }
}
