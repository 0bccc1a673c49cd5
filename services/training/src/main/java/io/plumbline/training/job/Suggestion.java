package io.plumbline.training.job;

import java.util.Map;

/**
 * What the figures of a run speak for doing next.
 *
 * @param finding with the numbers it rests on
 * @param nextJob hyperparameters for the next job that would follow it; empty when the data, not
 *     the recipe, is to change
 */
public record Suggestion(Kind kind, String finding, String remedy, Map<String, Double> nextJob) {

  /** What a run can suffer from. */
  public enum Kind {
    OVERFITTING,
    UNDERFITTING,
    LABEL_NOISE,
    DATA_GAP,
    NONE
  }
}
