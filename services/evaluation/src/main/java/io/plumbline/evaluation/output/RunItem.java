package io.plumbline.evaluation.output;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.Prediction;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.scorer.ItemScores;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param judged what came of asking models for a score, judges and encoders, by the names of
 *     scorers
 * @param notApplicable the scorers that do not apply to it
 * @param abstained whether the answer is that there is none
 * @param confidence of the model in its answer; absent where it has none
 * @param error why there was no answer
 * @param latencyMillis of a failed item the longest that one answer may take
 * @param costUsd absent when the price is unknown, or when the item failed
 * @param reused whether the answer is that of an earlier run
 * @param outputDigest of the output that the prediction was read from; absent without an answer
 * @param traceId of the call that gave the answer
 * @param answeredBy the model that answered in place of the variant's own; absent when that did
 * @param processor of the machine on which inference answered, for information; absent without an
 *     answer, and where an earlier version of Plumbline recorded none
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
    Map<String, JudgeCall> judged,
    List<String> notApplicable,
    boolean abstained,
    @Nullable Double confidence,
    @Nullable String error,
    double latencyMillis,
    @Nullable Double overheadMillis,
    @Nullable BigDecimal costUsd,
    boolean reused,
    @Nullable Digest outputDigest,
    @Nullable String traceId,
    @Nullable String answeredBy,
    @Nullable String processor) {

  /** What a model says of an answer may quote it, and the item, so that it is shown with them. */
  private static final String SHOWN_WITH_THE_OUTPUT = "The reason is shown with the output.";

  /** For viewers, who do not see rows and outputs. */
  public RunItem withoutQuotes() {
    Map<String, Score> open = new LinkedHashMap<>(scores);
    open.replaceAll((name, score) ->
        judged.containsKey(name) ? new Score(score.score(), SHOWN_WITH_THE_OUTPUT) : score);
    Map<String, JudgeCall> calls = new LinkedHashMap<>(judged);
    calls.replaceAll((name, call) -> call.withoutDetail());
    return new RunItem(
        ordinal,
        itemId,
        perturbation,
        label,
        requestDigest,
        answered,
        prediction,
        open,
        calls,
        notApplicable,
        abstained,
        confidence,
        error,
        latencyMillis,
        overheadMillis,
        costUsd,
        reused,
        outputDigest,
        traceId,
        answeredBy,
        processor);
  }

  public Observation observation() {
    Map<String, String> unscored = new LinkedHashMap<>();
    judged.forEach((name, call) -> {
      String failure = call.failure();
      if (failure != null) {
        unscored.put(name, failure);
      }
    });
    return observation(
        prediction, new ItemScores(scores, notApplicable), unscored, abstained, confidence);
  }

  /** With all that was read from its output and its judges' replies again. */
  Observation observation(
      @Nullable String read,
      ItemScores again,
      Map<String, String> unscored,
      boolean declined,
      @Nullable Double sure) {
    Map<String, Double> values = new LinkedHashMap<>();
    again.scores().forEach((name, score) -> values.put(name, score.score()));
    return new Observation(
        itemId,
        perturbation,
        label,
        read,
        values,
        unscored,
        again.notApplicable(),
        declined,
        sure,
        !answered,
        latencyMillis,
        costUsd);
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
