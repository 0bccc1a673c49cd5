package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Evaluator;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.platform.digest.CanonicalJson;
import java.util.List;

/**
 * What makes a suite the suite it is; its digest is taken over this alone, so that the same
 * questions under the same name have the same digest.
 *
 * @param partDigest the rows
 * @param maxItems how many of them are asked at most
 * @param perturbations which kinds; each of the perturbed items gets one of them, in turn, so that
 *     the pairs are independent
 * @param perturbedItems how many items are asked once more, perturbed
 */
public record SuiteDefinition(
    String name,
    Digest splitDigest,
    String part,
    Digest partDigest,
    List<Evaluator> evaluators,
    int maxItems,
    List<Perturbation> perturbations,
    int perturbedItems,
    long seed) {

  public Digest digest() {
    return CanonicalJson.digest(this);
  }

  public boolean asks(Evaluator evaluator) {
    return evaluators.contains(evaluator);
  }
}
