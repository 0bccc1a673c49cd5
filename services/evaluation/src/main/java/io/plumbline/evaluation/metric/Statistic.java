package io.plumbline.evaluation.metric;

import java.util.Optional;
import java.util.OptionalDouble;

/** How a metric is computed from the observations of a run. */
public sealed interface Statistic {

  /**
   * The share of items that a scorer gives the full score.
   *
   * @param scorer its name
   */
  record Share(String scorer) implements Statistic {}

  /**
   * The mean of what a scorer gives, which may be anything between 0 and 1.
   *
   * @param scorer its name
   */
  record Mean(String scorer) implements Statistic {}

  /** The mean F1 of the labels. */
  record MacroF1() implements Statistic {}

  /** The share of perturbed items that are answered as their originals. */
  record Consistency() implements Statistic {}

  /**
   * @param quantile of the latencies
   */
  record Latency(double quantile) implements Statistic {}

  /** What 1,000 answers cost in the mean. */
  record Cost() implements Statistic {}

  /** Whether the metric is a mean of values between 0 and 1, so that its spread is bounded. */
  default boolean bounded() {
    return switch (this) {
      case Share _, Mean _, Consistency _ -> true;
      case MacroF1 _, Latency _, Cost _ -> false;
    };
  }

  /** The scorer whose scores it is of; empty where it is of none alone. */
  default Optional<String> ofScorer() {
    return switch (this) {
      case Share share -> Optional.of(share.scorer());
      case Mean mean -> Optional.of(mean.scorer());
      case MacroF1 _, Consistency _, Latency _, Cost _ -> Optional.empty();
    };
  }

  /** Which quantile of the latencies it is; empty where it is none. */
  default OptionalDouble ofQuantile() {
    return this instanceof Latency latency
        ? OptionalDouble.of(latency.quantile())
        : OptionalDouble.empty();
  }
}
