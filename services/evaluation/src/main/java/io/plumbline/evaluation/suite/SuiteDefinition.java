package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Metric;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.SuiteScorers;
import io.plumbline.platform.digest.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content of a suite. Its digest covers nothing else, so that the same questions under the same
 * name have the same digest.
 *
 * @param subsetDigest of the rows
 * @param maxItems how many of them are sent at most
 * @param scorers in the order of the request; the first one says which answers count as right where
 *     runs are compared, unless labels are scored
 * @param perturbations which kinds; each of the perturbed items gets one of them, in turn, so that
 *     the pairs are independent
 * @param perturbedItems how many items are sent again, perturbed
 */
public record SuiteDefinition(
    String name,
    Digest splitDigest,
    String subset,
    Digest subsetDigest,
    List<Scorer> scorers,
    int maxItems,
    List<Perturbation> perturbations,
    int perturbedItems,
    long seed) {

  /**
   * What is measured on its runs, and what criteria over it may name: the metrics of its scorers,
   * latency and cost, and consistency where items are perturbed.
   */
  public List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    scorers.forEach(scorer -> metrics.addAll(scorer.metrics()));
    metrics.addAll(Metric.OF_EVERY_RUN);
    if (!perturbations.isEmpty()) {
      metrics.add(Metric.CONSISTENCY);
    }
    return metrics;
  }

  /** The scorers that give each answer a score, by their names. */
  public List<String> scoring() {
    return scorers.stream()
        .filter(scorer -> scorer.type().scoresAnswers())
        .map(Scorer::name)
        .toList();
  }

  /** The variants that are asked what answers are worth, by the names of their scorers. */
  public Map<String, Digest> judges() {
    return SuiteScorers.judges(scorers);
  }

  /** A metric by its name; empty when no run over the suite measures it. */
  public Optional<Metric> metric(String name) {
    return metrics().stream().filter(metric -> metric.name().equals(name)).findFirst();
  }

  public Digest digest() {
    return CanonicalJson.digest(this);
  }
}
