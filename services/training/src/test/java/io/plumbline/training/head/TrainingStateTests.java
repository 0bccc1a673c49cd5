package io.plumbline.training.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingStateTests {

  @Test
  void the_best_epoch_has_the_highest_macro_f1() {
    assertThat(best(epoch(1, 0.5, 0.8), epoch(2, 0.6, 0.9), epoch(3, 0.4, 0.85))).isEqualTo(2);
  }

  @Test
  void of_equal_macro_f1_the_lower_loss_is_better() {
    assertThat(best(epoch(1, 0.5, 0.9), epoch(2, 0.4, 0.9), epoch(3, 0.6, 0.9))).isEqualTo(2);
  }

  @Test
  void of_equal_epochs_the_first_is_the_best() {
    assertThat(best(epoch(1, 0.5, 0.9), epoch(2, 0.5, 0.9))).isEqualTo(1);
  }

  @Test
  void later_epochs_do_not_change_a_state() {
    List<Epoch> epochs = new ArrayList<>(List.of(epoch(1, 0.5, 0.9)));
    TrainingState state = new TrainingState(new float[0], new float[0], new float[0], epochs);
    epochs.add(epoch(2, 0.1, 1));
    assertThat(state.epochs()).containsExactly(epoch(1, 0.5, 0.9));
  }

  private static int best(Epoch... epochs) {
    return new TrainingState(new float[0], new float[0], new float[0], List.of(epochs))
        .best()
        .number();
  }

  private static Epoch epoch(int number, double validationLoss, double macroF1) {
    return new Epoch(number, 0.001, 0.1, 0.95, validationLoss, 0.9, macroF1);
  }
}
