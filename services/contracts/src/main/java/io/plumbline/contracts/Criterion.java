package io.plumbline.contracts;

import org.jspecify.annotations.Nullable;

/**
 * One pre-registered condition of success.
 *
 * @param metric the metric's name as the suite that the criteria name measures it
 * @param direction whether larger or smaller values are better
 * @param threshold the bound the value must reach; for a proportion the bound is compared with its
 *     confidence interval
 * @param margin the largest loss against the baseline that still counts as no worse
 *     (non-inferiority margin), in the metric's unit
 * @param sampleSize the least number of items a run must have to be judged
 * @param power what the measurement must be able to show; absent when nothing was planned
 */
public record Criterion(
    String metric,
    MetricKind kind,
    Direction direction,
    double threshold,
    double margin,
    int sampleSize,
    @Nullable PowerPlan power) {

  /** A criterion without a plan of its power. */
  public Criterion(
      String metric,
      MetricKind kind,
      Direction direction,
      double threshold,
      double margin,
      int sampleSize) {
    this(metric, kind, direction, threshold, margin, sampleSize, null);
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

  /**
   * What a measurement must be able to show.
   *
   * @param smallestEffect the least distance from the threshold, in the metric's unit, at which a
   *     variant that is so much better has to pass
   * @param power the probability with which it passes then
   * @param spread the standard deviation of the metric between items, as measured on validation;
   *     absent where it follows from the value, as for a share of the items
   */
  public record PowerPlan(double smallestEffect, double power, @Nullable Double spread) {

    public static final double DEFAULT_POWER = 0.8;
  }

  /** Which way a metric improves. */
  public enum Direction {
    AT_LEAST,
    AT_MOST
  }
}
