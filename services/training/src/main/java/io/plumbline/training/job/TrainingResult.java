package io.plumbline.training.job;

import io.plumbline.contracts.Digest;
import io.plumbline.training.diagnosis.Suggestion;
import io.plumbline.training.head.Epoch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of a successful job.
 *
 * @param best the epoch whose checkpoint became the artifact
 * @param validationF1 F1 on the validation subset by label; {@code trainRows} by label likewise
 * @param suspects rows whose label the trained head considers unlikely
 */
public record TrainingResult(
    Digest artifactDigest,
    Digest checkpointDigest,
    Epoch best,
    Epoch last,
    boolean stoppedEarly,
    List<String> labels,
    Map<String, Double> validationF1,
    Map<String, Integer> trainRows,
    int suspectCount,
    List<SuspectRow> suspects,
    List<Suggestion> suggestions) {

  public static final String ACCURACY = "accuracy";
  public static final String MACRO_F1 = "macro_f1";
  public static final String LOSS = "loss";

  /**
   * A training row with a suspicious label.
   *
   * @param suggestion the label that the trained head predicts
   */
  public record SuspectRow(String rowId, String label, String suggestion, double confidence) {}

  /** Returns the metrics of the chosen checkpoint on the validation subset. */
  public Map<String, Double> metrics() {
    return new TreeMap<>(
        Map.of(
            ACCURACY,
            best.validationAccuracy(),
            MACRO_F1,
            best.validationMacroF1(),
            LOSS,
            best.validationLoss()));
  }
}
