package io.plumbline.strategy.plan;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import java.util.Optional;

/**
 * Finds thresholds and margins that every run meets, because they lie at the end of the metric's
 * range.
 */
final class TrivialThreshold {

  /**
   * The deadline of a call, in milliseconds; a longer call fails, and its latency is cut to this.
   */
  private static final double LONGEST_CALL_MS = 600_000;

  /**
   * The cost, in US dollars for 1,000 requests, from which on a bound is not taken seriously: a
   * hundred dollars a request. Costs have no natural limit.
   */
  private static final double MAX_PER_1000_USD = 100_000;

  private TrivialThreshold() {}

  static Optional<String> thresholdFault(Criterion criterion, SuiteMetric metric) {
    if (criterion.direction() != metric.direction()) {
      return Optional.empty();
    }
    return switch (metric.direction()) {
      case AT_LEAST -> lowerThresholdFault(criterion, metric);
      case AT_MOST -> upperThresholdFault(criterion, metric);
    };
  }

  private static Optional<String> lowerThresholdFault(Criterion criterion, SuiteMetric metric) {
    if (criterion.threshold() > 0) {
      return Optional.empty();
    }
    return Optional.of(fault("above", 0, metric));
  }

  private static Optional<String> upperThresholdFault(Criterion criterion, SuiteMetric metric) {
    double end = largest(metric);
    if (criterion.threshold() < end) {
      return Optional.empty();
    }
    return Optional.of(fault("below", end, metric));
  }

  private static String fault(String side, double end, SuiteMetric metric) {
    return "must be %s %.0f, which every run reaches: %s would ask for nothing"
        .formatted(side, end, metric.metric());
  }

  static Optional<String> marginFault(Criterion criterion, SuiteMetric metric) {
    if (criterion.margin() < largest(metric)) {
      return Optional.empty();
    }
    return Optional.of(
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
