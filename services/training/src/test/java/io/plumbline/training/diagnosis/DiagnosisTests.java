package io.plumbline.training.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.training.diagnosis.Suggestion.Kind;
import io.plumbline.training.head.Epoch;
import io.plumbline.training.hyperparameter.HyperparameterConfiguration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagnosisTests {

  private static final HyperparameterConfiguration TWENTY_EPOCHS =
      HyperparameterConfiguration.of(Map.of(), "");

  @Test
  void sees_a_loss_that_rises_after_the_best_epoch() {
    List<Suggestion> found = diagnose(epoch(4, 0.95, 0.30, 0.93), epoch(9, 0.99, 0.45, 0.92), 0);
    assertThat(found)
        .containsExactly(
            new Suggestion(
                Kind.OVERFITTING,
                "Training accuracy 0.950 against 0.930 on validation rows; validation loss 0.300 at"
                    + " epoch 4, 0.450 at epoch 9.",
                "Regularise more and stop earlier, or add training rows.",
                Map.of("weightDecay", 0.1, "epochs", 4.0)));
  }

  @Test
  void sees_that_the_last_epoch_was_still_the_best_of_a_weak_run() {
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
  void sees_a_label_that_lags_behind() {
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

  /** A finding must not claim that the loss did not rise if it rose by less than the threshold. */
  @Test
  void shows_the_loss_when_it_rose_by_less_than_the_threshold() {
    assertThat(diagnose(epoch(6, 0.95, 0.200, 0.94), epoch(9, 0.96, 0.210, 0.94), 0))
        .containsExactly(
            new Suggestion(
                Kind.NONE,
                "Training accuracy 0.950 and validation accuracy 0.940 are close; validation loss"
                    + " 0.200 at epoch 6, 0.210 at epoch 9.",
                "No other job is suggested for this data; judge the model by an evaluation run on"
                    + " held-out rows.",
                Map.of()));
  }

  @Test
  void a_wide_gap_between_training_and_validation_is_overfitting_without_a_rising_loss() {
    assertThat(diagnose(epoch(6, 0.99, 0.2, 0.93), epoch(6, 0.99, 0.2, 0.93), 0))
        .extracting(Suggestion::kind)
        .containsExactly(Kind.OVERFITTING);
  }

  @Test
  void a_weak_run_that_stopped_improving_is_not_underfitting() {
    assertThat(diagnose(epoch(8, 0.70, 0.8, 0.69), epoch(13, 0.71, 0.8, 0.69), 0))
        .extracting(Suggestion::kind)
        .containsExactly(Kind.NONE);
  }

  @Test
  void suggests_more_and_larger_steps_after_underfitting() {
    assertThat(diagnose(epoch(20, 0.70, 0.8, 0.69), epoch(20, 0.70, 0.8, 0.69), 0))
        .extracting(Suggestion::nextJob)
        .containsExactly(Map.of("epochs", 40.0, "learningRate", 0.004));
  }

  @Test
  void suggests_nothing_beyond_the_range_of_a_hyperparameter() {
    HyperparameterConfiguration most =
        HyperparameterConfiguration.of(
            Map.of("epochs", 2_000.0, "learningRate", 0.9, "weightDecay", 0.5), "");
    Epoch last = epoch(2_000, 0.70, 0.8, 0.60);
    assertThat(
            Diagnosis.of(new Diagnosis.Evidence(last, last, Map.of(), Map.of("a", 100), 0), most))
        .extracting(Suggestion::nextJob)
        .containsExactly(
            Map.of("weightDecay", 1.0, "epochs", 2_000.0),
            Map.of("epochs", 2_000.0, "learningRate", 1.0));
  }

  @Test
  void names_every_finding() {
    assertThat(diagnose(epoch(4, 0.99, 0.2, 0.90), epoch(9, 0.99, 0.4, 0.90), 20))
        .extracting(Suggestion::kind)
        .containsExactly(Kind.OVERFITTING, Kind.LABEL_NOISE);
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
