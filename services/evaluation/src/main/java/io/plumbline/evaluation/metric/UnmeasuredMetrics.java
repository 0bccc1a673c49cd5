package io.plumbline.evaluation.metric;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Determines why metrics cannot be measured on observations. A missing figure is neither counted as
 * 0 nor left out of a mean, since its value is not known.
 */
final class UnmeasuredMetrics {

  private UnmeasuredMetrics() {}

  /** Returns the reasons by the names of the metrics; a measured metric has none. */
  static Map<String, String> reasons(List<Observation> originals, Collection<Metric> metrics) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      reason(originals, metric.statistic()).ifPresent(reason -> reasons.put(metric.name(), reason));
    }
    return reasons;
  }

  private static Optional<String> reason(List<Observation> originals, Statistic statistic) {
    List<Observation> counted = originals.stream().filter(statistic::includes).toList();
    if (counted.isEmpty()) {
      return noApplicableItemsReason(originals, statistic);
    }
    return statistic
        .scorerName()
        .flatMap(scorer -> UnscoredAnswers.of(counted, scorer))
        .map(UnscoredAnswers::reason)
        .or(() -> missingFigureReason(counted, statistic));
  }

  private static Optional<String> noApplicableItemsReason(
      List<Observation> originals, Statistic statistic) {
    if (originals.isEmpty()) {
      return Optional.empty();
    }
    String counted = statistic.dependsOnAnswers() ? "answers" : "items";
    return Optional.of("it applies to none of the %d %s".formatted(originals.size(), counted));
  }

  private static Optional<String> missingFigureReason(
      List<Observation> counted, Statistic statistic) {
    if (statistic.needsConfidence()) {
      return missingConfidenceReason(counted);
    }
    if (statistic instanceof Statistic.Cost) {
      return missingPriceReason(counted);
    }
    return Optional.empty();
  }

  /** Returns why the mean cost is not known. One answer without a known price is enough. */
  private static Optional<String> missingPriceReason(List<Observation> counted) {
    List<Observation> answered = counted.stream().filter(each -> !each.failed()).toList();
    long unpriced = answered.stream().filter(each -> each.costUsd() == null).count();
    if (unpriced == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "%d of %d answers have no known price: list one in USD for each model that the subject calls"
            .formatted(unpriced, answered.size()));
  }

  private static Optional<String> missingConfidenceReason(List<Observation> counted) {
    List<Observation> answered = counted.stream().filter(each -> !each.failed()).toList();
    long unsure = answered.stream().filter(each -> each.confidence() == null).count();
    if (unsure == 0) {
      return Optional.empty();
    }
    return Optional.of("%d of %d answers have no confidence".formatted(unsure, answered.size()));
  }
}
