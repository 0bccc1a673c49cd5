package io.plumbline.evaluation.metric;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One item of a run, answered or failed. An item that failed counts as the worst: wrong, agreeing
 * with nothing, as slow as its deadline, and as dear as the dearest that was answered.
 *
 * @param label the correct answer
 * @param prediction the answer; absent when it could not be read, or when the item failed
 * @param failed whether there was no answer
 * @param costUsd what the call cost; absent when the price is unknown, or when the item failed
 */
public record Observation(
    String itemId,
    Perturbation perturbation,
    String label,
    @Nullable String prediction,
    boolean failed,
    double latencyMillis,
    @Nullable BigDecimal costUsd) {

  public boolean correct() {
    return label.equals(prediction);
  }

  public boolean original() {
    return perturbation == Perturbation.NONE;
  }
}
