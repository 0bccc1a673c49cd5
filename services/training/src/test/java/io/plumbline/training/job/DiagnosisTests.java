package io.plumbline.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.training.head.Epoch;
import io.plumbline.training.job.Suggestion.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagnosisTests {

  private static final Configuration TWENTY_EPOCHS = Configuration.of(Map.of(), "");

  @Test
  void sees_aloss_that_rises_after_the_best_epoch() {
    List<Suggestion> found = diagnose(epoch(4, 0.95, 0.30, 0.93), epoch(9, 0.99, 0.45, 0.92), 0);
    assertThat(found)
        .containsExactly(
            new Suggestion(
                Kind.OVERFITTING,
                "Training accuracy 0.950 against 0.930 on validation rows; validation loss 0.300 at"
                    + " epoch 4, 0.450 at epoch 9.",
                "Regularise more and stop earlier, or bring more rows.",
                Map.of("weightDecay", 0.1, "epochs", 4.0)));
  }

  @Test
  void sees_that_the_last_epoch_was_still_the_best_of_aweak_run() {
    assertThat(diagnose(epoch(20, 0.70, 0.8, 0.69), epoch(20, 0.70, 0.8, 0.69), 0))
        .extracting(Suggestion::kind)
        .containsExactly(Kind.UNDERFITTING);
  }

  @Test
  void sees_labels_that_the_trained_head_doubts() {
    assertThat(diagnose(epoch(6, 0.95, 0.2, 0.94), epoch(6, 0.95, 0.2, 0.94), 8))
        .extracting(Suggestion::kind)
        .containsExactly(Kind.LABEL_NOISE);
  }

  @Test
  void says_so_when_there_is_nothing_to_say() {
    assertThat(diagnose(epoch(6, 0.95, 0.2, 0.94), epoch(7, 0.96, 0.2, 0.94), 1))
        .extracting(Suggestion::kind)
        .containsExactly(Kind.NONE);
  }

  @Test
  void sees_alabel_that_lags_behind() {
    Diagnosis.Evidence run =
        new Diagnosis.Evidence(
            epoch(6, 0.95, 0.2, 0.94),
            epoch(6, 0.95, 0.2, 0.94),
            Map.of("spam", 0.97, "rare", 0.5),
            Map.of("spam", 190, "rare", 10),
            0);
    assertThat(Diagnosis.of(run, TWENTY_EPOCHS))
        .extracting(Suggestion::finding)
        .containsExactly(
            "Label 'rare' reaches F1 0.500 against a mean of 0.940; it has 10 of 200 training"
                + " rows.");
  }

  private static List<Suggestion> diagnose(Epoch best, Epoch last, int suspects) {
    return Diagnosis.of(
        new Diagnosis.Evidence(best, last, Map.of(), Map.of("a", 100, "b", 100), suspects),
        TWENTY_EPOCHS);
  }

  private static Epoch epoch(
      int number, double trainAccuracy, double validationLoss, double validationScore) {
    return new Epoch(
        number, 0.001, 0.1, trainAccuracy, validationLoss, validationScore, validationScore);
  }
}
