package io.plumbline.evaluation.output;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.metric.Perturbation;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The result of one question.
 *
 * @param requestDigest digest of the request that was sent: equal requests share an answer across
 *     runs
 * @param answered whether there was an answer, correct or not
 * @param prediction the answer, absent when it could not be read
 * @param error why there was no answer
 * @param latencyMillis of a failed item the longest that one answer may take
 * @param costUsd absent when the price is unknown, or when the item failed
 * @param reused whether the answer is that of an earlier run
 * @param outputDigest of the output that the prediction was read from; absent without an answer
 * @param traceId of the call that gave the answer
 */
public record RunItem(
    int ordinal,
    String itemId,
    Perturbation perturbation,
    String label,
    Digest requestDigest,
    boolean answered,
    @Nullable String prediction,
    @Nullable String error,
    double latencyMillis,
    @Nullable Double overheadMillis,
    @Nullable BigDecimal costUsd,
    boolean reused,
    @Nullable Digest outputDigest,
    @Nullable String traceId) {

  Observation observation() {
    return observation(prediction);
  }

  /** With a prediction that was read again. */
  Observation observation(@Nullable String read) {
    return new Observation(itemId, perturbation, label, read, !answered, latencyMillis, costUsd);
  }
}
