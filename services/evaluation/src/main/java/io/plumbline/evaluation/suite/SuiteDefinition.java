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
 * @param subsetDigest the digest of the rows
 * @param maxItems the largest number of rows that are sent
 * @param scorers the scorers in the order of the request; the first one decides which answers count
 *     as right where runs are compared, unless labels are scored
 * @param perturbations the kinds of perturbation; each of the perturbed items gets one of them, in
 *     turn, so that the pairs are independent
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
   * Returns the metrics that its runs measure and criteria over it may name: those of its scorers,
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

  /** Returns the names of the scorers that give each answer a score. */
  public List<String> answerScorerNames() {
    return scorers.stream()
        .filter(scorer -> scorer.type().scoresAnswers())
        .map(Scorer::name)
        .toList();
  }

  /** Returns the variants that judge answers, by the names of their scorers. */
  public Map<String, Digest> judges() {
    return SuiteScorers.judges(scorers);
  }

  /** Returns a metric by its name; empty when no run over the suite measures it. */
  public Optional<Metric> metric(String name) {
    return metrics().stream().filter(metric -> metric.name().equals(name)).findFirst();
  }

  public Digest digest() {
    return CanonicalJson.digest(this);
  }
}
