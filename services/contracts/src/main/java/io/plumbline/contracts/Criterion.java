package io.plumbline.contracts;

/**
 * One pre-registered condition of success.
 *
 * @param metric the metric's name as evaluation computes it: {@code accuracy}, {@code macro_f1},
 *     {@code consistency}, {@code latency_p95_ms}, {@code cost_per_1000_usd}
 * @param direction whether larger or smaller values are better
 * @param threshold the bound the value must reach; for a proportion the bound is compared with its
 *     confidence interval
 * @param margin the largest loss against the baseline that still counts as no worse
 *     (non-inferiority margin), in the metric's unit
 * @param sampleSize the least number of items a run must have to be judged
 */
public record Criterion(
    String metric,
    MetricKind kind,
    Direction direction,
    double threshold,
    double margin,
    int sampleSize) {

  /** Kinds of evidence; a set of criteria needs at least two different ones. */
  public enum MetricKind {
    TASK_QUALITY,
    JUDGED_QUALITY,
    ROBUSTNESS,
    LATENCY,
    COST
  }

  /** Which way a metric improves. */
  public enum Direction {
    AT_LEAST,
    AT_MOST
  }
}
