package io.plumbline.evaluation.metric;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One answered item of a run.
 *
 * @param label what is right
 * @param prediction what was answered; absent when the answer could not be read as one
 * @param costUsd what the call cost
 */
public record Observation(
    String itemId,
    Perturbation perturbation,
    String label,
    @Nullable String prediction,
    double latencyMillis,
    BigDecimal costUsd) {

  public boolean correct() {
    return label.equals(prediction);
  }

  public boolean original() {
    return perturbation == Perturbation.NONE;
  }
}
