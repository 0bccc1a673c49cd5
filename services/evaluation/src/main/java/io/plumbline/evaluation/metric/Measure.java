package io.plumbline.evaluation.metric;

import io.plumbline.contracts.EvaluationEvent;
import io.plumbline.statistics.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A measured value, its confidence interval and the number of observations behind it. A bound is
 * absent where the sample is too small to give one.
 */
public record Measure(
    double value, @Nullable Double low, @Nullable Double high, long observations) {

  /** The confidence level of displayed intervals; a verdict uses the level of its plan. */
  public static final double CONFIDENCE = 0.95;

  public static Measure of(double value, Interval interval, long observations) {
    return new Measure(
        value, nullIfInfinite(interval.low()), nullIfInfinite(interval.high()), observations);
  }

  public EvaluationEvent.Measure toEvent() {
    return new EvaluationEvent.Measure(value, low, high);
  }

  private static @Nullable Double nullIfInfinite(double bound) {
    return Double.isInfinite(bound) ? null : bound;
  }
}
