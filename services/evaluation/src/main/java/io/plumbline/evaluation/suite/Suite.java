package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.evaluation.metric.Metric;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A published suite; it never changes.
 *
 * @param labels every label that its rows carry; empty unless all of its items are labelled
 * @param originals items sent unchanged
 * @param perturbed items sent again, perturbed
 * @param applicable of each scorer that does not apply to every original, to how many it does
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
   * Whether runs over it are evidence: by the subset that the split says, since a checkpoint is
   * chosen by {@code validation}. Runs over any other suite are exploration.
   */
  public boolean carriesVerdicts() {
    return definition.subset().equals("test");
  }

  public boolean labelled() {
    return !labels.isEmpty();
  }

  /** What criteria over it may name. */
  public List<SuiteMetric> metrics() {
    return definition.metrics().stream().map(metric -> metric.toEvent(itemsOf(metric))).toList();
  }

  /** How many items a metric is over, if nothing is known of the answers. */
  public int itemsOf(Metric metric) {
    return metric.equals(Metric.CONSISTENCY)
        ? perturbed
        : metric.statistic().ofScorer().map(this::itemsOf).orElse(originals);
  }

  private int itemsOf(String scorer) {
    return applicable.getOrDefault(scorer, originals);
  }

  public int questions() {
    return originals + perturbed;
  }
}
