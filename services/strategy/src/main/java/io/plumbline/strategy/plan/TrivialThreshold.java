package io.plumbline.strategy.plan;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import java.util.Optional;

/** The end of a metric's range that no run can miss: a criterion there asks for nothing. */
final class TrivialThreshold {

  /** The deadline of a call: whatever takes longer fails, and is censored at it. */
  private static final double LONGEST_CALL_MS = 600_000;

  /** A hundred dollars a request. Money has no end; beyond this a bound is not meant as one. */
  private static final double MAX_PER_1000_USD = 100_000;

  private TrivialThreshold() {}

  static Optional<String> threshold(Criterion criterion, SuiteMetric metric) {
    if (criterion.direction() != metric.direction()) {
      return Optional.empty();
    }
    double end = metric.direction() == Direction.AT_LEAST ? 0 : largest(metric);
    boolean missable =
        metric.direction() == Direction.AT_LEAST
            ? criterion.threshold() > end
            : criterion.threshold() < end;
    return missable
        ? Optional.empty()
        : Optional.of(
            "must be %s %.0f, which every run reaches: %s would ask for nothing"
                .formatted(
                    metric.direction() == Direction.AT_LEAST ? "above" : "below",
                    end,
                    metric.metric()));
  }

  static Optional<String> margin(Criterion criterion, SuiteMetric metric) {
    return criterion.margin() < largest(metric)
        ? Optional.empty()
        : Optional.of(
            "must be below %.0f: no run loses more, so %s would not be compared"
                .formatted(largest(metric), metric.metric()));
  }

  private static double largest(SuiteMetric metric) {
    Double largest = metric.largest();
    if (largest != null) {
      return largest;
    }
    return switch (metric.kind()) {
      case LATENCY -> LONGEST_CALL_MS;
      case COST -> MAX_PER_1000_USD;
      case TASK_QUALITY, JUDGED_QUALITY, ROBUSTNESS -> Double.MAX_VALUE;
    };
  }
}
