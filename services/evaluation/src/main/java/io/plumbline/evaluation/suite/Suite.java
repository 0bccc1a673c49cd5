package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.evaluation.metric.Metric;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A published suite. It never changes.
 *
 * @param labels every label of its rows; empty unless all of its items are labelled
 * @param originals the number of items sent unchanged
 * @param perturbed the number of items sent again, perturbed
 * @param applicable how many originals each scorer applies to; a scorer that applies to all has no
 *     entry
 */
public record Suite(
    UUID id,
    String name,
    int version,
    Digest digest,
    SuiteDefinition definition,
    List<String> labels,
    int originals,
    int perturbed,
    Map<String, Integer> applicable,
    String createdBy,
    Instant createdAt) {

  /**
   * Returns whether runs over the suite are evidence, which is the case for the subset {@code test}
   * of the split. Runs over any other subset are exploration; {@code validation}, for example,
   * chooses checkpoints.
   */
  public boolean allowsVerdicts() {
    return definition.subset().equals("test");
  }

  public boolean isLabelled() {
    return !labels.isEmpty();
  }

  /** Returns the metrics that criteria over the suite may name. */
  public List<SuiteMetric> metrics() {
    return definition.metrics().stream()
        .map(metric -> metric.toEvent(countItemsOf(metric)))
        .toList();
  }

  /** Returns how many items a metric is over, as far as that is known before any answer. */
  public int countItemsOf(Metric metric) {
    if (metric.equals(Metric.CONSISTENCY)) {
      return perturbed;
    }
    return metric.statistic().scorerName().map(this::countItemsOf).orElse(originals);
  }

  private int countItemsOf(String scorer) {
    return applicable.getOrDefault(scorer, originals);
  }

  /** Returns how many questions a run sends: each original item, and the perturbed ones again. */
  public int questionCount() {
    return originals + perturbed;
  }
}
