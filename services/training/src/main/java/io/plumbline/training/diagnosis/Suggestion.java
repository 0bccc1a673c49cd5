package io.plumbline.training.diagnosis;

import java.util.Map;

/**
 * A suggestion for the next step, drawn from the metrics of a run.
 *
 * @param finding the finding with the numbers it is based on
 * @param nextJob the hyperparameters of a next job that follows the suggestion; empty if the data
 *     should change instead
 */
public record Suggestion(Kind kind, String finding, String remedy, Map<String, Double> nextJob) {

  /** The kinds of findings. */
  public enum Kind {
    OVERFITTING,
    UNDERFITTING,
    LABEL_NOISE,
    DATA_GAP,
    NONE
  }
}
