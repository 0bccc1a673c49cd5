package io.plumbline.evaluation.metric;

import java.util.Optional;
import java.util.OptionalDouble;

/** The rule by which a metric is computed from the observations of a run. */
public sealed interface Statistic {

  /**
   * The share of items that a scorer gives the full score.
   *
   * @param scorer the name of the scorer
   */
  record Share(String scorer) implements Statistic {}

  /**
   * The mean of the scores that a scorer gives, from 0 to 1.
   *
   * @param scorer the name of the scorer
   * @param byAnswer whether the answers decide which items the scorer applies to
   */
  record Mean(String scorer, boolean byAnswer) implements Statistic {}

  /** The share of items that were answered, and not abstained from. */
  record Coverage() implements Statistic {}

  /**
   * The mean of a scorer's scores over the items that were not abstained from.
   *
   * @param of the name of the scorer
   */
  record Selective(String of) implements Statistic {}

  /**
   * The mean of (confidence − right)² over the items that were not abstained from, where right is 1
   * or 0: G. W. Brier, Verification of forecasts expressed in terms of probability, Monthly Weather
   * Review 78 (1950) 1–3, applied to the given answer alone. An item that failed counts as 1.
   *
   * @param of the scorer whose full score says that an answer is right
   */
  record Brier(String of) implements Statistic {}

  /**
   * The expected calibration error, as {@link CalibrationFigures#expectedCalibrationError} computes
   * it.
   *
   * @param of the scorer whose full score says that an answer is right
   */
  record CalibrationError(String of) implements Statistic {}

  /** The mean F1 of the labels. */
  record MacroF1() implements Statistic {}

  /** The share of perturbed items that are answered as their originals. */
  record Consistency() implements Statistic {}

  /**
   * A quantile of the latencies.
   *
   * @param quantile between 0 and 1
   */
  record Latency(double quantile) implements Statistic {}

  /** The mean cost of 1,000 answers. */
  record Cost() implements Statistic {}

  /** Returns whether the metric is a mean of values from 0 to 1, so that its spread is bounded. */
  default boolean isBoundedMean() {
    return switch (this) {
      case Share _, Mean _, Consistency _, Coverage _, Selective _, Brier _ -> true;
      case MacroF1 _, Latency _, Cost _, CalibrationError _ -> false;
    };
  }

  /**
   * Returns the name of the scorer whose scores the statistic uses; empty where it uses no single
   * scorer.
   */
  default Optional<String> scorerName() {
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
   * Returns whether an observation counts. A metric of a scorer is over the items that the scorer
   * applies to, including those that failed.
   */
  default boolean includes(Observation observation) {
    boolean applies = scorerName().filter(scorer -> !observation.isApplicable(scorer)).isEmpty();
    return applies && !(leavesOutAbstentions() && observation.abstained());
  }

  /** Returns whether the answers decide which items the statistic counts. */
  default boolean dependsOnAnswers() {
    return leavesOutAbstentions() || (this instanceof Mean mean && mean.byAnswer());
  }

  private boolean leavesOutAbstentions() {
    return switch (this) {
      case Selective _, Brier _, CalibrationError _ -> true;
      case Share _, Mean _, MacroF1 _, Consistency _, Latency _, Cost _, Coverage _ -> false;
    };
  }

  /**
   * Returns whether the statistic can be computed only if every answer that counts has a
   * confidence.
   */
  default boolean needsConfidence() {
    return this instanceof Brier || this instanceof CalibrationError;
  }

  /** Returns which quantile of the latencies the statistic is; empty for any other statistic. */
  default OptionalDouble latencyQuantile() {
    if (this instanceof Latency latency) {
      return OptionalDouble.of(latency.quantile());
    }
    return OptionalDouble.empty();
  }
}
