package io.plumbline.evaluation.output;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.scorer.ModelMessage;
import io.plumbline.evaluation.scorer.Prediction;
import io.plumbline.evaluation.scorer.Score;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The result of one question.
 *
 * @param requestDigest digest of the request that was sent: equal requests share an answer across
 *     runs
 * @param label that was expected; absent where items are not labelled
 * @param answered whether there was an answer, correct or not
 * @param prediction the label that was answered; absent when none could be read, and where items
 *     are not labelled
 * @param scores that the suite's scorers give the answer, by their names; empty without an answer,
 *     which counts as 0 by all of them
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
    @Nullable String label,
    Digest requestDigest,
    boolean answered,
    @Nullable String prediction,
    Map<String, Score> scores,
    @Nullable String error,
    double latencyMillis,
    @Nullable Double overheadMillis,
    @Nullable BigDecimal costUsd,
    boolean reused,
    @Nullable Digest outputDigest,
    @Nullable String traceId) {

  Observation observation() {
    return observation(prediction, scores);
  }

  /** With a prediction and scores that were read from its output again. */
  Observation observation(@Nullable String read, Map<String, Score> again) {
    Map<String, Double> values = new LinkedHashMap<>();
    again.forEach((name, score) -> values.put(name, score.score()));
    return new Observation(
        itemId, perturbation, label, read, values, !answered, latencyMillis, costUsd);
  }

  /**
   * The label that a message answers.
   *
   * @return null where the item is not labelled, and when none can be read
   */
  public static @Nullable String prediction(
      @Nullable String label, ModelMessage message, JsonMapper json) {
    String content = message.content();
    return label == null || content == null ? null : Prediction.of(content, json);
  }
}
