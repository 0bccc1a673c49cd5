package io.plumbline.training.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScoresTests {

  /** Scikit-learn's documentation of f1_score has this example: macro 0.26…, by class 0.8, 0, 0. */
  @Test
  void gives_the_published_f1_of_an_example() {
    Scores scores = scores(new int[] {0, 1, 2, 0, 1, 2}, new int[] {0, 2, 1, 0, 0, 1}, 3);
    assertThat(scores.f1()).containsExactly(0.8, 0.0, 0.0);
    assertThat(scores.macroF1()).isCloseTo(0.8 / 3, within(1e-12));
    assertThat(scores.accuracy()).isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void a_class_that_neither_occurs_nor_is_answered_does_not_count() {
    Scores scores = scores(new int[] {0, 1}, new int[] {0, 1}, 3);
    assertThat(scores.f1()).containsExactly(1.0, 1.0, Double.NaN);
    assertThat(scores.macroF1()).isEqualTo(1);
  }

  @Test
  void a_class_that_is_only_answered_counts_as_missed() {
    Scores scores = scores(new int[] {0, 0}, new int[] {0, 1}, 2);
    assertThat(scores.f1()).containsExactly(2.0 / 3, 0.0);
  }

  /** A head of zeros gives all classes the same probability, so the loss is log(classes). */
  @Test
  void the_loss_of_a_uniform_answer_is_the_logarithm_of_the_classes() {
    Examples examples = new Examples(new float[] {1, 2}, new int[] {0, 3}, 1, 4);
    assertThat(Scores.of(new ClassifierHead(new float[8], 4, 1, 20), examples).loss())
        .isCloseTo(Math.log(4), within(1e-12));
  }

  @Test
  void the_loss_of_a_certain_error_is_finite() {
    Scores scores = scores(new int[] {0}, new int[] {1}, 2);
    assertThat(scores.loss()).isGreaterThan(500).isFinite();
  }

  @Test
  void of_equal_probabilities_the_first_class_is_the_answer() {
    assertThat(Scores.indexOfMax(new double[] {0.2, 0.4, 0.4})).isEqualTo(1);
  }

  /** Returns the scores of a head whose answer for the i-th unit vector is the i-th answer. */
  private static Scores scores(int[] truth, int[] answers, int classes) {
    int size = truth.length;
    float[] vectors = new float[size * size];
    float[] parameters = new float[classes * (size + 1)];
    for (int i = 0; i < size; i++) {
      vectors[i * size + i] = 1;
      parameters[answers[i] * size + i] = 1_000;
    }
    return Scores.of(
        new ClassifierHead(parameters, classes, size, 1),
        new Examples(vectors, truth, size, classes));
  }
}
