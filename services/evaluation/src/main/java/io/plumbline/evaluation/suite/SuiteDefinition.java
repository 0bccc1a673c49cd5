package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
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

  public Digest digest() {
    return CanonicalJson.digest(this);
  }
}
