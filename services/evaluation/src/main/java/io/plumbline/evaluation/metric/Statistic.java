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
   * @param byAnswer whether to which items it applies depends on the answers
   */
  record Mean(String scorer, boolean byAnswer) implements Statistic {}

  /** The share of items that were answered, and not abstained from. */
  record Coverage() implements Statistic {}

  /**
   * The mean of a scorer's scores over the answers that are none of abstention.
   *
   * @param of the name of the scorer
   */
  record Selective(String of) implements Statistic {}

  /**
   * The mean of (confidence − right)² over the answers that are none of abstention, where right is
   * 1 or 0: G. W. Brier, Verification of forecasts expressed in terms of probability, Monthly
   * Weather Review 78 (1950) 1–3, of the answer that was given alone. An item that failed loses 1.
   *
   * @param of the scorer whose full score says that an answer is right
   */
  record Brier(String of) implements Statistic {}

  /**
   * See {@link CalibrationFigures#error}.
   *
   * @param of the scorer whose full score says that an answer is right
   */
  record CalibrationError(String of) implements Statistic {}

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
      case Share _, Mean _, Consistency _, Coverage _, Selective _, Brier _ -> true;
      case MacroF1 _, Latency _, Cost _, CalibrationError _ -> false;
    };
  }

  /** The scorer whose scores it is of; empty where it is of no scorer's alone. */
  default Optional<String> ofScorer() {
    return switch (this) {
      case Share share -> Optional.of(share.scorer());
      case Mean mean -> Optional.of(mean.scorer());
      case Selective selective -> Optional.of(selective.of());
      case Brier brier -> Optional.of(brier.of());
      case CalibrationError error -> Optional.of(error.of());
      case MacroF1 _, Consistency _, Latency _, Cost _, Coverage _ -> Optional.empty();
    };
  }

  /**
   * Whether an observation counts. A metric of a scorer is over the items to which that applies;
   * one that failed counts there too.
   */
  default boolean counts(Observation observation) {
    boolean applies = ofScorer().filter(scorer -> !observation.applies(scorer)).isEmpty();
    return applies && !(leavesOutAbstentions() && observation.abstained());
  }

  /** Whether how many items count is known only when they are answered. */
  default boolean byAnswer() {
    return leavesOutAbstentions() || (this instanceof Mean mean && mean.byAnswer());
  }

  private boolean leavesOutAbstentions() {
    return switch (this) {
      case Selective _, Brier _, CalibrationError _ -> true;
      case Share _, Mean _, MacroF1 _, Consistency _, Latency _, Cost _, Coverage _ -> false;
    };
  }

  /** Whether every answer that counts has to have a confidence. */
  default boolean needsConfidence() {
    return this instanceof Brier || this instanceof CalibrationError;
  }

  /** Which quantile of the latencies it is; empty where it is none. */
  default OptionalDouble ofQuantile() {
    return this instanceof Latency latency
        ? OptionalDouble.of(latency.quantile())
        : OptionalDouble.empty();
  }
}
