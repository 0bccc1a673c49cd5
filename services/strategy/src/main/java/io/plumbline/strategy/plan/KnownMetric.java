package io.plumbline.strategy.plan;

import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The metrics that evaluation computes, with what a threshold on them must look like. */
public enum KnownMetric {
  ACCURACY(MetricKind.TASK_QUALITY, Direction.AT_LEAST, 1),
  MACRO_F1(MetricKind.TASK_QUALITY, Direction.AT_LEAST, 1),
  CONSISTENCY(MetricKind.ROBUSTNESS, Direction.AT_LEAST, 1),
  LATENCY_P50_MS(MetricKind.LATENCY, Direction.AT_MOST, Double.MAX_VALUE),
  LATENCY_P95_MS(MetricKind.LATENCY, Direction.AT_MOST, Double.MAX_VALUE),
  COST_PER_1000_USD(MetricKind.COST, Direction.AT_MOST, Double.MAX_VALUE);

  private final MetricKind kind;
  private final Direction direction;
  private final double largest;

  KnownMetric(MetricKind kind, Direction direction, double largest) {
    this.kind = kind;
    this.direction = direction;
    this.largest = largest;
  }

  public static Optional<KnownMetric> of(String metric) {
    return Arrays.stream(values()).filter(known -> known.metric().equals(metric)).findFirst();
  }

  /** The name as evaluation writes it. */
  public String metric() {
    return name().toLowerCase(Locale.ROOT);
  }

  public MetricKind kind() {
    return kind;
  }

  public Direction direction() {
    return direction;
  }

  public double largest() {
    return largest;
  }
}
