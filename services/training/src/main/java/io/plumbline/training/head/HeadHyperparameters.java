package io.plumbline.training.head;

/**
 * The hyperparameters of training a head.
 *
 * @param learningRate the rate at the first step; a cosine takes it to zero at the last one
 * @param weightDecay the decoupled decay (Loshchilov and Hutter 2019) of weights, not of biases
 * @param logitScale the factor on the cosine of input and class vector before the softmax
 * @param patience the number of epochs without a better validation macro-F1 after which training
 *     stops
 */
public record HeadHyperparameters(
    double learningRate,
    int batchSize,
    int epochs,
    double weightDecay,
    double logitScale,
    int patience) {

  public HeadHyperparameters {
    if (!(learningRate > 0)
        || batchSize < 1
        || epochs < 1
        || !(weightDecay >= 0)
        || !(logitScale > 0)
        || patience < 1) {
      throw new IllegalArgumentException("Hyperparameters out of range");
    }
  }
}
