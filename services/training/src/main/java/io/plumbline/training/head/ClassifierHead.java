package io.plumbline.training.head;

import java.util.Arrays;

/**
 * A softmax classifier over embeddings: {@code logit_k = scale · (w_k·x + b_k)}.
 *
 * @param parameters the weights class by class, then one bias per class
 */
@SuppressWarnings("ArrayRecordComponent") // thousands of parameters; two heads are never compared
public record ClassifierHead(float[] parameters, int classCount, int dimensions, double scale) {

  public ClassifierHead {
    if (parameters.length != classCount * (dimensions + 1)) {
      throw new IllegalArgumentException(
          parameters.length + " parameters are not " + classCount + " classes of " + dimensions);
    }
  }

  /**
   * Returns the head from which training starts. It equals a nearest-centroid classifier: the
   * vector of each class is the mean of its examples, scaled to length 1. With few steps this is
   * better than any random start (prototypical networks, Snell et al. 2017).
   */
  public static ClassifierHead fromPrototypes(Examples examples, double scale) {
    int dimensions = examples.dimensions();
    float[] parameters = new float[examples.classCount() * (dimensions + 1)];
    double[] sums = new double[examples.classCount() * dimensions];
    for (int i = 0; i < examples.size(); i++) {
      int row = examples.classes()[i] * dimensions;
      for (int d = 0; d < dimensions; d++) {
        sums[row + d] += examples.vectors()[i * dimensions + d];
      }
    }
    for (int k = 0; k < examples.classCount(); k++) {
      double norm = 0;
      for (int d = 0; d < dimensions; d++) {
        norm += sums[k * dimensions + d] * sums[k * dimensions + d];
      }
      double factor = norm > 0 ? 1 / Math.sqrt(norm) : 0;
      for (int d = 0; d < dimensions; d++) {
        parameters[k * dimensions + d] = (float) (sums[k * dimensions + d] * factor);
      }
    }
    return new ClassifierHead(parameters, examples.classCount(), dimensions, scale);
  }

  /**
   * Writes the class probabilities of the example that begins at {@code offset} into {@code
   * probabilities}.
   */
  void probabilities(float[] vectors, int offset, double[] probabilities) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classCount; k++) {
      double logit =
          scale
              * (dotProduct(vectors, offset, k * dimensions)
                  + parameters[classCount * dimensions + k]);
      probabilities[k] = logit;
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (int k = 0; k < classCount; k++) {
      // StrictMath is used because an intrinsic may round differently once compiled, and a resumed
      // run must end in the same bits.
      probabilities[k] = StrictMath.exp(probabilities[k] - max);
      sum += probabilities[k];
    }
    for (int k = 0; k < classCount; k++) {
      probabilities[k] /= sum;
    }
  }

  private double dotProduct(float[] vectors, int offset, int row) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int d = 0;
    for (; d + 3 < dimensions; d += 4) {
      s0 += vectors[offset + d] * parameters[row + d];
      s1 += vectors[offset + d + 1] * parameters[row + d + 1];
      s2 += vectors[offset + d + 2] * parameters[row + d + 2];
      s3 += vectors[offset + d + 3] * parameters[row + d + 3];
    }
    for (; d < dimensions; d++) {
      s0 += vectors[offset + d] * parameters[row + d];
    }
    return (double) s0 + s1 + s2 + s3;
  }

  public float[] weightsOf(int k) {
    return Arrays.copyOfRange(parameters, k * dimensions, (k + 1) * dimensions);
  }

  public float biasOf(int k) {
    return parameters[classCount * dimensions + k];
  }
}
