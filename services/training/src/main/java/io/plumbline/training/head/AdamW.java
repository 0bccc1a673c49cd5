package io.plumbline.training.head;

/**
 * The optimiser Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled Weight Decay
 * Regularization", ICLR 2019, algorithm 2) and the moments' bias correction of Kingma and Ba 2015.
 */
final class AdamW {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final float[] first;
  private final float[] second;
  private final int decayed;
  private final double decay;

  /**
   * @param decayed the number of parameters, from the first on, that are decayed
   */
  AdamW(float[] first, float[] second, int decayed, double decay) {
    this.first = first;
    this.second = second;
    this.decayed = decayed;
    this.decay = decay;
  }

  /**
   * @param step the number of the step, counted from 1
   */
  void update(float[] parameters, float[] gradient, double learningRate, int step) {
    double correction1 = 1 - StrictMath.pow(BETA1, step);
    double correction2 = 1 - StrictMath.pow(BETA2, step);
    double shrink = 1 - learningRate * decay;
    for (int i = 0; i < parameters.length; i++) {
      double g = gradient[i];
      double m = BETA1 * first[i] + (1 - BETA1) * g;
      double v = BETA2 * second[i] + (1 - BETA2) * g * g;
      first[i] = (float) m;
      second[i] = (float) v;
      double kept = i < decayed ? parameters[i] * shrink : parameters[i];
      parameters[i] =
          (float)
              (kept - learningRate * (m / correction1) / (Math.sqrt(v / correction2) + EPSILON));
    }
  }

  float[] firstMoment() {
    return first;
  }

  float[] secondMoment() {
    return second;
  }
}
