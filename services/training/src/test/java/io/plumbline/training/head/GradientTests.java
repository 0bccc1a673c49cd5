package io.plumbline.training.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Tests of the gradient of the first step. It is read from the optimiser, whose first moment is
 * then {@code (1 - 0.9)} of it.
 */
class GradientTests {

  /**
   * Compares with a gradient computed by hand. The prototypes (1, 0) and (0, 1) at scale 1 give the
   * examples (1, 0) and (0, 1) the logits 1 and 0, and so their own class the probability e/(e+1) =
   * 0.731059. The error of each class is 0.268941, of which each of two examples contributes half
   * to its dimension.
   */
  @Test
  void equals_the_one_computed_by_hand() {
    Examples examples = new Examples(new float[] {1, 0, 0, 1}, new int[] {0, 1}, 2, 2);
    assertThat(gradient(examples, 1))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(-0.134471f, 0.134471f, 0.134471f, -0.134471f, 0, 0);
  }

  @Test
  void equals_the_central_differences_of_the_mean_cross_entropy() {
    Examples examples = examples(30, 5, 3);
    float[] gradient = gradient(examples, 4);
    float[] parameters = ClassifierHead.fromPrototypes(examples, 4).parameters();
    double step = 1e-3;
    for (int i = 0; i < parameters.length; i++) {
      double numeric =
          (loss(examples, parameters, i, step) - loss(examples, parameters, i, -step)) / (2 * step);
      assertThat((double) gradient[i]).as("parameter %d", i).isCloseTo(numeric, within(2e-3));
    }
  }

  @Test
  void is_zero_where_no_example_can_be_improved() {
    Examples examples = new Examples(new float[] {1, 0, 0, 1}, new int[] {0, 1}, 2, 2);
    for (float value : gradient(examples, 10_000)) {
      assertThat(value).isCloseTo(0, within(1e-6f));
    }
  }

  private static float[] gradient(Examples examples, double scale) {
    HeadHyperparameters oneFullBatch =
        new HeadHyperparameters(1e-3, examples.size(), 1, 0, scale, 1);
    HeadTrainer trainer = HeadTrainer.begin(examples, examples, oneFullBatch, 1);
    trainer.runEpoch();
    float[] moment = trainer.state().firstMoment();
    float[] gradient = new float[moment.length];
    for (int i = 0; i < moment.length; i++) {
      gradient[i] = moment[i] / 0.1f;
    }
    return gradient;
  }

  private static double loss(Examples examples, float[] parameters, int changed, double by) {
    float[] moved = parameters.clone();
    moved[changed] += (float) by;
    return Scores.of(
            new ClassifierHead(moved, examples.classCount(), examples.dimensions(), 4), examples)
        .loss();
  }

  private static Examples examples(int size, int dimensions, int classes) {
    SplittableRandom random = new SplittableRandom(5);
    float[] vectors = new float[size * dimensions];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i % classes;
      for (int d = 0; d < dimensions; d++) {
        vectors[i * dimensions + d] = (float) (random.nextDouble() - 0.5);
      }
    }
    return new Examples(vectors, labels, dimensions, classes);
  }
}
