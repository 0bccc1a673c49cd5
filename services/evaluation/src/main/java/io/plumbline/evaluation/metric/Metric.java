package io.plumbline.evaluation.metric;

import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A quantity that a suite measures. The definition of the suite determines its metrics: each scorer
 * brings its own, and every run measures latency and cost.
 *
 * @param name the name in criteria, events and the API
 * @param improves the direction in which the metric improves
 */
public record Metric(String name, MetricKind kind, Direction improves, Statistic statistic) {

  public static final Metric MACRO_F1 =
      new Metric("macro_f1", MetricKind.TASK_QUALITY, Direction.AT_LEAST, new Statistic.MacroF1());
  public static final Metric CONSISTENCY =
      new Metric(
          "consistency", MetricKind.ROBUSTNESS, Direction.AT_LEAST, new Statistic.Consistency());
  public static final Metric LATENCY_P50 =
      new Metric(
          "latency_p50_ms", MetricKind.LATENCY, Direction.AT_MOST, new Statistic.Latency(0.5));
  public static final Metric LATENCY_P95 =
      new Metric(
          "latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, new Statistic.Latency(0.95));
  public static final Metric COST_PER_1000 =
      new Metric("cost_per_1000_usd", MetricKind.COST, Direction.AT_MOST, new Statistic.Cost());

  private static final String ACCURACY = "accuracy";

  /** The metrics that every run measures, whatever its suite. */
  public static final List<Metric> OF_EVERY_RUN = List.of(LATENCY_P50, LATENCY_P95, COST_PER_1000);

  /** The names that no scorer may take. */
  public static final Set<String> BUILT_IN =
      Set.of(
          ACCURACY,
          MACRO_F1.name,
          CONSISTENCY.name,
          LATENCY_P50.name,
          LATENCY_P95.name,
          COST_PER_1000.name);

  /**
   * Returns the metric of the share of items that are answered with their label.
   *
   * @param scorer the scorer of the labels
   */
  public static Metric accuracy(String scorer) {
    return quality(ACCURACY, new Statistic.Share(scorer));
  }

  /** Returns the metric of a scorer that gives 0 or 1; it has the scorer's name. */
  public static Metric share(String scorer) {
    return quality(scorer, new Statistic.Share(scorer));
  }

  /** Returns the metric of a scorer that gives scores from 0 to 1; it has the scorer's name. */
  public static Metric mean(String scorer) {
    return quality(scorer, new Statistic.Mean(scorer, false));
  }

  /**
   * Returns the metric of a scorer that asks a model for scores from 0 to 1; it has the scorer's
   * name.
   */
  public static Metric judgedQuality(String scorer) {
    return new Metric(
        scorer, MetricKind.JUDGED_QUALITY, Direction.AT_LEAST, new Statistic.Mean(scorer, false));
  }

  /** Returns the metric of the share of the answers' sentences that passages support. */
  public static Metric groundedness(String scorer) {
    return new Metric(
        scorer, MetricKind.JUDGED_QUALITY, Direction.AT_LEAST, new Statistic.Mean(scorer, true));
  }

  /** Returns the metric of the share of the items that were answered, and not abstained from. */
  public static Metric coverage(String name) {
    return quality(name, new Statistic.Coverage());
  }

  /**
   * Returns the metric of the mean of another scorer's scores over the items that were not
   * abstained from.
   *
   * @param of the name of the other scorer
   */
  public static Metric selectiveQuality(String name, String of) {
    return quality(name, new Statistic.Selective(of));
  }

  /**
   * Returns the metric of the squared distance between the confidence of an answer and 1 for a
   * right answer, 0 for a wrong one; lower is better.
   *
   * @param of the scorer that says which are right
   */
  public static Metric brier(String name, String of) {
    return loss(name, new Statistic.Brier(of));
  }

  /**
   * Returns the metric of the distance between the confidence of answers and the share of them that
   * is right; lower is better.
   *
   * @param of the scorer that says which are right
   */
  public static Metric calibrationError(String name, String of) {
    return loss(name, new Statistic.CalibrationError(of));
  }

  private static Metric loss(String name, Statistic statistic) {
    return new Metric(name, MetricKind.TASK_QUALITY, Direction.AT_MOST, statistic);
  }

  private static Metric quality(String name, Statistic statistic) {
    return new Metric(name, MetricKind.TASK_QUALITY, Direction.AT_LEAST, statistic);
  }

  /** Returns which quantile of the latencies the metric is; empty for any other metric. */
  public OptionalDouble quantile() {
    return statistic.latencyQuantile();
  }

  /**
   * Returns the largest value that the metric can have; empty for latency and cost, which have
   * none.
   */
  public OptionalDouble largestValue() {
    return switch (kind) {
      case TASK_QUALITY, JUDGED_QUALITY, ROBUSTNESS -> OptionalDouble.of(1);
      case LATENCY, COST -> OptionalDouble.empty();
    };
  }

  /**
   * Returns the metric as events describe it.
   *
   * @param items the number of items of a suite that the metric is measured over
   */
  public SuiteMetric toEvent(int items) {
    Double largest = largestValue().stream().boxed().findFirst().orElse(null);
    return new SuiteMetric(name, kind, improves, largest, items);
  }
}
