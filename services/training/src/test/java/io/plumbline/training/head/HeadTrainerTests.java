package io.plumbline.training.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.contracts.Digest;
import io.plumbline.training.checkpoint.CheckpointFile;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeadTrainerTests {

  /**
   * The hours of study in the worked example of Wikipedia's "Logistic regression", which relates
   * them to passing an exam.
   */
  private static final float[] HOURS = {
    0.50f, 0.75f, 1.00f, 1.25f, 1.50f, 1.75f, 1.75f, 2.00f, 2.25f, 2.50f, 2.75f, 3.00f, 3.25f,
    3.50f, 4.00f, 4.25f, 4.50f, 4.75f, 5.00f, 5.50f
  };

  private static final int[] PASSED = {0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1};

  private static final HeadHyperparameters FULL_BATCH =
      new HeadHyperparameters(0.05, 20, 4000, 0, 1, 4000);

  @Test
  void reaches_the_published_maximum_likelihood_fit_of_a_logistic_regression() {
    Examples examples = new Examples(HOURS, PASSED, 1, 2);
    HeadTrainer trainer = trained(examples, examples, FULL_BATCH, 7);
    ClassifierHead classifierHead = trainer.head();
    assertThat(classifierHead.weightsOf(1)[0] - classifierHead.weightsOf(0)[0])
        .isCloseTo(1.5046f, within(1e-3f));
    assertThat(classifierHead.biasOf(1) - classifierHead.biasOf(0))
        .isCloseTo(-4.0777f, within(2e-3f));
    assertThat(-20 * trainer.state().epochs().getLast().trainLoss())
        .isCloseTo(-8.02988, within(1e-4));
  }

  /**
   * The best possible loss with one indicator per group is the conditional entropy H(class |
   * group).
   */
  @Test
  void reaches_the_conditional_entropy_of_indicator_features() {
    int[][] counts = {{8, 1, 1}, {2, 5, 3}, {1, 1, 4}};
    float[] vectors = new float[26 * 3];
    int[] classes = new int[26];
    int row = 0;
    double entropy = 0;
    for (int group = 0; group < 3; group++) {
      int inGroup = counts[group][0] + counts[group][1] + counts[group][2];
      for (int k = 0; k < 3; k++) {
        entropy -= counts[group][k] / 26.0 * Math.log((double) counts[group][k] / inGroup);
        for (int i = 0; i < counts[group][k]; i++, row++) {
          vectors[row * 3 + group] = 1;
          classes[row] = k;
        }
      }
    }
    Examples examples = new Examples(vectors, classes, 3, 3);
    HeadTrainer trainer =
        trained(examples, examples, new HeadHyperparameters(0.05, 26, 3000, 0, 1, 3000), 1);
    assertThat(trainer.state().epochs().getLast().trainLoss()).isCloseTo(entropy, within(1e-6));
  }

  @Test
  void gives_equal_bits_for_equal_seeds_and_other_bits_for_others() {
    float[] first = parameters(trained(clouds(1), clouds(2), recipe(6), 42));
    assertThat(parameters(trained(clouds(1), clouds(2), recipe(6), 42))).containsExactly(first);
    assertThat(Arrays.equals(parameters(trained(clouds(1), clouds(2), recipe(6), 43)), first))
        .isFalse();
  }

  @Test
  void ends_in_the_same_bits_when_resumed_from_a_checkpoint_of_any_epoch() {
    Digest recipe = Digest.ofText("recipe");
    float[] uninterrupted = parameters(trained(clouds(1), clouds(2), recipe(6), 42));
    for (int stop = 1; stop < 6; stop++) {
      HeadTrainer interrupted = HeadTrainer.begin(clouds(1), clouds(2), recipe(6), 42);
      for (int i = 0; i < stop; i++) {
        interrupted.runEpoch();
      }
      byte[] checkpoint = CheckpointFile.bytes(recipe, interrupted.state());
      HeadTrainer resumed =
          HeadTrainer.resume(
              clouds(1),
              clouds(2),
              recipe(6),
              42,
              CheckpointFile.read(recipe, checkpoint).orElseThrow());
      while (!resumed.isFinished()) {
        resumed.runEpoch();
      }
      assertThat(parameters(resumed)).containsExactly(uninterrupted);
    }
  }

  @Test
  void stops_when_validation_no_longer_improves() {
    HeadTrainer trainer =
        trained(clouds(1), clouds(2), new HeadHyperparameters(2e-3, 16, 500, 0, 20, 3), 42);
    assertThat(trainer.hasStoppedEarly()).isTrue();
    assertThat(trainer.state().epochs().size() - trainer.state().best().number()).isEqualTo(3);
  }

  @Test
  void begins_at_the_centroids_of_the_classes() {
    Examples examples = new Examples(new float[] {3, 0, 1, 0, 0, 2}, new int[] {0, 0, 1}, 2, 2);
    assertThat(ClassifierHead.fromPrototypes(examples, 20).parameters())
        .containsExactly(1, 0, 0, 1, 0, 0);
  }

  private static float[] parameters(HeadTrainer trainer) {
    return trainer.head().parameters();
  }

  private static HeadHyperparameters recipe(int epochs) {
    return new HeadHyperparameters(2e-3, 16, epochs, 0.01, 20, epochs);
  }

  private static HeadTrainer trained(
      Examples train, Examples validation, HeadHyperparameters headHyperparameters, long seed) {
    HeadTrainer trainer = HeadTrainer.begin(train, validation, headHyperparameters, seed);
    while (!trainer.isFinished()) {
      trainer.runEpoch();
    }
    return trainer;
  }

  /** Returns three overlapping clouds of points on the unit sphere. */
  private static Examples clouds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = 150;
    int dimensions = 13;
    float[] vectors = new float[size * dimensions];
    int[] classes = new int[size];
    for (int i = 0; i < size; i++) {
      classes[i] = i % 3;
      double norm = 0;
      for (int d = 0; d < dimensions; d++) {
        double value = random.nextDouble() - 0.5 + (d == classes[i] ? 0.8 : 0);
        vectors[i * dimensions + d] = (float) value;
        norm += value * value;
      }
      for (int d = 0; d < dimensions; d++) {
        vectors[i * dimensions + d] /= (float) Math.sqrt(norm);
      }
    }
    return new Examples(vectors, classes, dimensions, 3);
  }
}
