package io.plumbline.training.head;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests against the update rule of Loshchilov and Hutter 2019, algorithm 2, computed by hand. */
class AdamWTests {

  /** Bias correction makes the first step the learning rate in the direction of the gradient. */
  @Test
  void the_first_step_has_the_length_of_the_learning_rate() {
    float[] parameters = {1, 1, 1};
    optimizer(3, 0, 0).update(parameters, new float[] {0.5f, -200, 0}, 0.1, 1);
    assertThat(parameters).usingComparatorWithPrecision(1e-6f).containsExactly(0.9f, 1.1f, 1);
  }

  /**
   * Compares with values computed by hand: m = 0.9·0.1 + 0.1·3 = 0.39 and v = 0.999·0.001 + 0.001·9
   * = 0.009999; corrected, they are 0.39/0.19 = 2.052632 and 0.009999/0.001999 = 5.002001; the step
   * is 0.1·2.052632/2.236515 = 0.091778.
   */
  @Test
  void the_second_step_follows_the_moments() {
    float[] parameters = {0};
    AdamW optimizer = optimizer(1, 0, 0);
    optimizer.update(parameters, new float[] {1}, 0.1, 1);
    optimizer.update(parameters, new float[] {3}, 0.1, 2);
    assertThat(parameters).usingComparatorWithPrecision(1e-5f).containsExactly(-0.191778f);
    assertThat(optimizer.firstMoment()).usingComparatorWithPrecision(1e-6f).containsExactly(0.39f);
    assertThat(optimizer.secondMoment())
        .usingComparatorWithPrecision(1e-8f)
        .containsExactly(0.009999f);
  }

  /** Decay is decoupled: it shrinks by learning rate times decay and does not touch the moments. */
  @Test
  void decays_the_weights_and_not_the_biases() {
    float[] parameters = {2, 2};
    AdamW optimizer = optimizer(2, 1, 0.5);
    optimizer.update(parameters, new float[2], 0.1, 1);
    assertThat(parameters).usingComparatorWithPrecision(1e-6f).containsExactly(1.9f, 2);
    assertThat(optimizer.firstMoment()).containsOnly(0);
    assertThat(optimizer.secondMoment()).containsOnly(0);
  }

  private static AdamW optimizer(int length, int decayed, double decay) {
    return new AdamW(new float[length], new float[length], decayed, decay);
  }
}
