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

/**
 * The result of one question.
 *
 * @param requestDigest the digest of the request that was sent; equal requests share an answer
 *     across runs
 * @param label the expected label; absent where items are not labelled
 * @param answered whether there was an answer, correct or not
 * @param prediction the label that was answered; absent when none could be read, and where items
 *     are not labelled
 * @param scores the scores that the suite's scorers give the answer, by their names; empty without
 *     an answer, which counts as 0 by all of them
 * @param judged the calls of judges and encoders for a score, by the names of scorers
 * @param notApplicable the names of the scorers that do not apply to the item
 * @param abstained whether the variant abstained
 * @param confidence the model's confidence in its answer; absent where the model gives none
 * @param error why there was no answer
 * @param latencyMillis the latency of the answer; for a failed item the longest that one answer may
 *     take
 * @param costUsd the cost of the call; absent when the price is unknown, or when the item failed
 * @param reused whether the answer is that of an earlier run
 * @param outputDigest the digest of the output that the prediction was read from; absent without an
 *     answer
 * @param traceId the trace of the call that gave the answer
 * @param answeredBy the model that answered in place of the variant's own; absent when the own
 *     model answered
 * @param processor the processor of the machine on which inference answered, for information;
 *     absent without an answer, and where an earlier version of Plumbline recorded none
 * @param usage the tokens of each priced model that the answer took; absent without an answer, and
 *     where an earlier version of Plumbline recorded none
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
    @Nullable String processor,
    @Nullable List<ModelUsage> usage) {

  /**
   * The text in place of a reason. Scorers and judges quote the answer and the item, so a reason is
   * shown only together with them.
   */
  private static final String SHOWN_WITH_THE_OUTPUT = "The reason is shown with the output.";

  /** The text in place of an error, which may also quote them. */
  private static final String ERROR_SHOWN_WITH_THE_OUTPUT = "The error is shown with the item.";

  /**
   * Returns the item for a list, without what quotes rows and outputs.
   *
   * @param seesOutputs whether the reader may see outputs, and so errors and the reasons of
   *     scorers; those of judges are shown with the item alone
   */
  RunItem withoutSensitiveText(boolean seesOutputs) {
    Map<String, Score> open = new LinkedHashMap<>(scores);
    open.replaceAll((name, score) ->
        seesOutputs && !judged.containsKey(name)
            ? score
            : new Score(score.score(), SHOWN_WITH_THE_OUTPUT));
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
        error == null || seesOutputs ? error : ERROR_SHOWN_WITH_THE_OUTPUT,
        latencyMillis,
        overheadMillis,
        costUsd,
        reused,
        outputDigest,
        traceId,
        answeredBy,
        processor,
        usage);
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

  /** Returns the observation with the values that were read from the stored outputs again. */
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
   * Returns the label that a model's message gives as its answer.
   *
   * @return null where the item is not labelled, and when none can be read
   */
  public static @Nullable String prediction(@Nullable String label, ModelMessage message) {
    String content = message.content();
    if (label == null || content == null) {
      return null;
    }
    return Prediction.of(content);
  }
}
