package io.plumbline.evaluation.metric;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why metrics are not measured on what was observed. What is missing is never taken for 0, nor left
 * out of a mean: what it would have been is not known.
 */
final class Unmeasured {

  private Unmeasured() {}

  /** By the names of the metrics; nothing of those that are measured. */
  static Map<String, String> reasons(List<Observation> originals, Collection<Metric> metrics) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      reason(originals, metric.statistic()).ifPresent(reason -> reasons.put(metric.name(), reason));
    }
    return reasons;
  }

  private static Optional<String> reason(List<Observation> originals, Statistic statistic) {
    List<Observation> counted = originals.stream().filter(statistic::counts).toList();
    if (counted.isEmpty()) {
      return originals.isEmpty()
          ? Optional.empty()
          : Optional.of(
              statistic.byAnswer()
                  ? "it applies to none of the %d answers".formatted(originals.size())
                  : "it applies to none of the %d items".formatted(originals.size()));
    }
    return statistic
        .ofScorer()
        .flatMap(scorer -> Unscored.of(counted, scorer))
        .map(Unscored::reason)
        .or(() -> statistic.needsConfidence() ? unsure(counted) : Optional.empty())
        .or(() -> statistic instanceof Statistic.Cost ? unpriced(counted) : Optional.empty());
  }

  /** Says why the mean cost is not known: one answer without a known price is enough. */
  private static Optional<String> unpriced(List<Observation> counted) {
    List<Observation> answered = counted.stream().filter(each -> !each.failed()).toList();
    long unpriced = answered.stream().filter(each -> each.costUsd() == null).count();
    return unpriced == 0
        ? Optional.empty()
        : Optional.of(
            ("%d of %d answers have no known price: list one in USD for the model, and for the"
                    + " one that embeds its questions")
                .formatted(unpriced, answered.size()));
  }

  private static Optional<String> unsure(List<Observation> counted) {
    List<Observation> answered = counted.stream().filter(each -> !each.failed()).toList();
    long unsure = answered.stream().filter(each -> each.confidence() == null).count();
    return unsure == 0
        ? Optional.empty()
        : Optional.of("%d of %d answers have no confidence".formatted(unsure, answered.size()));
  }
}
