package io.plumbline.training.diagnosis;

import java.util.Map;

/**
 * What the metrics of a run suggest to do next.
 *
 * @param finding with the numbers it is based on
 * @param nextJob hyperparameters for the next job that would follow it; empty when the data, not
 *     the recipe, is to change
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
