package io.plumbline.training.head;

/**
 * The scores after one pass over the training examples.
 *
 * @param number counted from 1
 * @param learningRate at its last step
 * @param trainLoss mean cross-entropy over the training examples, measured after the pass
 */
public record Epoch(
    int number,
    double learningRate,
    double trainLoss,
    double trainAccuracy,
    double validationLoss,
    double validationAccuracy,
    double validationMacroF1) {

  /** By validation macro-F1, and by the lower loss where that is equal. */
  boolean betterThan(Epoch other) {
    int byF1 = Double.compare(validationMacroF1, other.validationMacroF1);
    return byF1 > 0 || (byF1 == 0 && validationLoss < other.validationLoss);
  }
}
