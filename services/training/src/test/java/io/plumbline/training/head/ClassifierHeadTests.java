package io.plumbline.training.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClassifierHeadTests {

  /** The parameters for two features and three classes: weights by class, then the biases. */
  private static final float[] PARAMETERS = {1, 0, 0, 1, -1, -1, 0.5f, 0, 0};

  /**
   * Compares with values computed by hand: the logits of (1, 2) are 1.5, 2 and -3; their
   * exponentials 4.481689, 7.389056 and 0.049787 sum to 11.920532.
   */
  @Test
  void gives_the_softmax_of_the_logits() {
    assertThat(probabilities(new ClassifierHead(PARAMETERS, 3, 2, 1), 1, 2))
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(0.375964, 0.619860, 0.004177);
  }

  /** Compares with values computed by hand: at scale 2 the logits are 3, 4 and -6. */
  @Test
  void the_scale_sharpens_the_softmax() {
    assertThat(probabilities(new ClassifierHead(PARAMETERS, 3, 2, 2), 1, 2))
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(0.268932, 0.731034, 0.000033);
  }

  @Test
  void does_not_overflow_for_large_logits() {
    double[] probabilities = probabilities(new ClassifierHead(PARAMETERS, 3, 2, 1_000), 1, 2);
    assertThat(probabilities[1]).isEqualTo(1);
    assertThat(probabilities[0] + probabilities[2]).isLessThan(1e-200);
  }

  @Test
  void equal_logits_give_equal_probabilities() {
    ClassifierHead classifierHead = new ClassifierHead(new float[12], 4, 2, 20);
    assertThat(probabilities(classifierHead, 3, -7)).containsExactly(0.25, 0.25, 0.25, 0.25);
  }

  /** The product is unrolled by four, so five to nine dimensions use its remainder, too. */
  @Test
  void sums_over_all_dimensions() {
    for (int dimensions = 1; dimensions <= 9; dimensions++) {
      float[] parameters = new float[2 * (dimensions + 1)];
      float[] vector = new float[dimensions];
      for (int d = 0; d < dimensions; d++) {
        parameters[d] = 1;
        vector[d] = 0.1f * (d + 1);
      }
      double[] probabilities = new double[2];
      new ClassifierHead(parameters, 2, dimensions, 1).probabilities(vector, 0, probabilities);
      double logit = 0.1 * dimensions * (dimensions + 1) / 2;
      assertThat(probabilities[0]).isCloseTo(1 / (1 + Math.exp(-logit)), within(1e-6));
    }
  }

  @Test
  void reads_the_example_at_the_offset() {
    double[] probabilities = new double[3];
    new ClassifierHead(PARAMETERS, 3, 2, 1)
        .probabilities(new float[] {9, 9, 1, 2, 9}, 2, probabilities);
    assertThat(probabilities[1]).isCloseTo(0.619860, within(1e-6));
  }

  @Test
  void gives_the_weights_and_the_bias_of_a_class() {
    ClassifierHead classifierHead = new ClassifierHead(PARAMETERS, 3, 2, 1);
    assertThat(classifierHead.weightsOf(2)).containsExactly(-1, -1);
    assertThat(classifierHead.biasOf(0)).isEqualTo(0.5f);
    assertThat(classifierHead.biasOf(2)).isZero();
  }

  @Test
  void the_prototype_of_a_class_is_the_mean_of_its_examples_at_length_one() {
    Examples examples = new Examples(new float[] {3, 0, 1, 4, 0, 2}, new int[] {0, 0, 1}, 2, 3);
    assertThat(ClassifierHead.fromPrototypes(examples, 20).parameters())
        .usingComparatorWithPrecision(1e-6f)
        // The values are (4, 4) and (0, 2) scaled to length 1, and a class without examples.
        .containsExactly(0.707107f, 0.707107f, 0, 1, 0, 0, 0, 0, 0);
  }

  @Test
  void refuses_parameters_that_do_not_fit() {
    assertThatThrownBy(() -> new ClassifierHead(new float[8], 3, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("8 parameters are not 3 classes of 2");
  }

  private static double[] probabilities(ClassifierHead classifierHead, float... vector) {
    double[] probabilities = new double[classifierHead.classCount()];
    classifierHead.probabilities(vector, 0, probabilities);
    return probabilities;
  }
}
