package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.evaluation.metric.Evaluator;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.platform.digest.CanonicalJson;
import java.util.List;

/**
 * The content of a suite. Its digest covers nothing else, so that the same questions under the same
 * name have the same digest.
 *
 * @param subsetDigest of the rows
 * @param maxItems how many of them are sent at most
 * @param perturbations which kinds; each of the perturbed items gets one of them, in turn, so that
 *     the pairs are independent
 * @param perturbedItems how many items are sent again, perturbed
 */
public record SuiteDefinition(
    String name,
    Digest splitDigest,
    String subset,
    Digest subsetDigest,
    List<Evaluator> evaluators,
    int maxItems,
    List<Perturbation> perturbations,
    int perturbedItems,
    long seed) {

  /** The metrics that its evaluators measure: what criteria over it may name. */
  public List<SuiteMetric> metrics() {
    return evaluators.stream()
        .flatMap(evaluator -> evaluator.metrics().stream())
        .map(metric ->
            new SuiteMetric(
                metric.wireName(),
                metric.kind(),
                metric.improves(),
                metric.largest().isPresent() ? metric.largest().getAsDouble() : null))
        .toList();
  }

  public Digest digest() {
    return CanonicalJson.digest(this);
  }
}
