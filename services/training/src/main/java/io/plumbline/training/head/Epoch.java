package io.plumbline.training.head;

/**
 * The scores after one pass over the training examples.
 *
 * @param number the number of the epoch, counted from 1
 * @param learningRate the learning rate at its last step
 * @param trainLoss the mean cross-entropy over the training examples, measured after the pass
 */
public record Epoch(
    int number,
    double learningRate,
    double trainLoss,
    double trainAccuracy,
    double validationLoss,
    double validationAccuracy,
    double validationMacroF1) {

  /** Returns whether this epoch has a higher validation macro-F1, or the same and a lower loss. */
  boolean isBetterThan(Epoch other) {
    int byF1 = Double.compare(validationMacroF1, other.validationMacroF1);
    return byF1 > 0 || (byF1 == 0 && validationLoss < other.validationLoss);
  }
}
