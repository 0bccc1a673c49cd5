package io.plumbline.training.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExamplesTests {

  @Test
  void counts_the_examples_of_each_class() {
    Examples examples = new Examples(new float[8], new int[] {2, 0, 2, 2}, 2, 4);
    assertThat(examples.examplesPerClass()).containsExactly(1, 0, 3, 0);
    assertThat(examples.size()).isEqualTo(4);
  }

  @Test
  void refuses_vectors_that_do_not_fit() {
    assertThatThrownBy(() -> new Examples(new float[3], new int[] {0, 1}, 2, 2))
        .hasMessage("3 values are not 2 examples of 2");
    assertThatThrownBy(() -> new Examples(new float[0], new int[0], 2, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"-1", "2"})
  void refuses_a_class_that_does_not_exist(int wrong) {
    assertThatThrownBy(() -> new Examples(new float[1], new int[] {wrong}, 1, 2))
        .hasMessage("There is no class " + wrong + " among 2");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 64, 20, 0.01, 20, 5",
    "NaN, 64, 20, 0.01, 20, 5",
    "0.002, 0, 20, 0.01, 20, 5",
    "0.002, 64, 0, 0.01, 20, 5",
    "0.002, 64, 20, -1, 20, 5",
    "0.002, 64, 20, 0.01, 0, 5",
    "0.002, 64, 20, 0.01, 20, 0"
  })
  void refuses_hyperparameters_that_cannot_train(
      double learningRate, int batch, int epochs, double decay, double scale, int patience) {
    assertThatThrownBy(
            () -> new HeadHyperparameters(learningRate, batch, epochs, decay, scale, patience))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void training_and_validation_examples_must_be_of_one_kind() {
    Examples two = new Examples(new float[4], new int[] {0, 1}, 2, 2);
    Examples three = new Examples(new float[6], new int[] {0, 1}, 3, 2);
    HeadHyperparameters headHyperparameters = new HeadHyperparameters(0.002, 64, 20, 0.01, 20, 5);
    assertThatThrownBy(() -> HeadTrainer.begin(two, three, headHyperparameters, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
