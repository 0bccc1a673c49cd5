package io.plumbline.evaluation.metric;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One answered item of a run.
 *
 * @param label the correct answer
 * @param prediction the answer; absent when it could not be read
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
