package io.plumbline.evaluation.metric;

import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/** The metrics this service computes, with the name they have in criteria, events and the API. */
public enum Metric {
  EXACT_MATCH("exact_match", MetricKind.TASK_QUALITY, Direction.AT_LEAST, true),
  ACCURACY("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, true),
  MACRO_F1("macro_f1", MetricKind.TASK_QUALITY, Direction.AT_LEAST, false),
  CONSISTENCY("consistency", MetricKind.ROBUSTNESS, Direction.AT_LEAST, true),
  LATENCY_P50("latency_p50_ms", MetricKind.LATENCY, Direction.AT_MOST, false),
  LATENCY_P95("latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, false),
  COST_PER_1000("cost_per_1000_usd", MetricKind.COST, Direction.AT_MOST, false);

  private final String wireName;
  private final MetricKind kind;
  private final Direction improves;
  private final boolean proportion;

  Metric(String wireName, MetricKind kind, Direction improves, boolean proportion) {
    this.wireName = wireName;
    this.kind = kind;
    this.improves = improves;
    this.proportion = proportion;
  }

  public String wireName() {
    return wireName;
  }

  public MetricKind kind() {
    return kind;
  }

  /** Which way the metric improves. */
  public Direction improves() {
    return improves;
  }

  public boolean isProportion() {
    return proportion;
  }

  /** Which quantile of the observations the metric is; empty where it is none. */
  public OptionalDouble quantile() {
    return switch (this) {
      case LATENCY_P50 -> OptionalDouble.of(0.5);
      case LATENCY_P95 -> OptionalDouble.of(0.95);
      case EXACT_MATCH, ACCURACY, MACRO_F1, CONSISTENCY, COST_PER_1000 -> OptionalDouble.empty();
    };
  }

  /** The largest value that the metric can take; empty for a quantity without one. */
  public OptionalDouble largest() {
    return switch (this) {
      case EXACT_MATCH, ACCURACY, MACRO_F1, CONSISTENCY -> OptionalDouble.of(1);
      case LATENCY_P50, LATENCY_P95, COST_PER_1000 -> OptionalDouble.empty();
    };
  }

  public static Optional<Metric> named(String wireName) {
    return Arrays.stream(values()).filter(m -> m.wireName.equals(wireName)).findFirst();
  }
}
