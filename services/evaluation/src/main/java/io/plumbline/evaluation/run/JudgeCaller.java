package io.plumbline.evaluation.run;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.inference.Reply;
import io.plumbline.evaluation.output.JudgeCall;
import io.plumbline.evaluation.output.Output;
import io.plumbline.evaluation.scorer.JudgeReplyResult;
import io.plumbline.platform.digest.CanonicalJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a judge about one answer with one user message through inference, like any variant.
 *
 * <p>While inference or the provider is not available, the judge is asked again as a judged variant
 * is. A reply without a score, a refusal and a late reply were paid for, so that at most {@value
 * #REPLIES} of these are accepted.
 */
@Component
class JudgeCaller {

  static final int REPLIES = 3;

  /** The largest number of characters of a reply, with all that a provider adds to it. */
  static final int LONGEST_KEPT = 100_000;

  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final String UNAVAILABLE = "it was not available";
  private static final String REFUSED =
      "it gave no answer, or not in time, or not in its response format";
  private static final String TOO_LONG = "its reply is longer than what is kept of one";

  /**
   * The result of a call of a judge.
   *
   * @param score the score; absent when there is a failure
   * @param reply the last reply; absent without one
   */
  record Judged(Optional<Score> score, JudgeCall call, Optional<Output> reply) {}

  private final RetryingInferenceClient inference;
  private final JsonMapper json;
  private final Retry replies;

  JudgeCaller(RetryingInferenceClient inference, JsonMapper json) {
    this.inference = inference;
    this.json = json;
    this.replies =
        Retry.of(
            "judges",
            RetryConfig.<Conversation.Turn>custom()
                .maxAttempts(REPLIES)
                .retryOnResult(Conversation.Turn::mayChange)
                .retryOnException(unexpected -> false)
                .intervalFunction(IntervalFunction.ofExponentialBackoff(PAUSE))
                .build());
  }

  /**
   * Asks a judge.
   *
   * @param frame the text that the judge is asked
   * @param retrying whether the judge is asked again when it gives no score
   */
  Judged askJudge(Digest judge, String frame, boolean retrying) {
    Map<String, Object> request =
        Map.of(
            "model",
            Run.VARIANT + judge,
            "messages",
            List.of(Map.of("role", "user", "content", frame)));
    Conversation conversation = new Conversation(request);
    if (!retrying) {
      return conversation.judged(conversation.addReply(inference.completeOnce(request)));
    }
    Conversation.Turn last =
        replies.executeSupplier(() -> conversation.addReply(inference.complete(request)));
    return conversation.judged(last);
  }

  /** Returns the sum of two costs; absent when one of them is unknown. */
  static @Nullable BigDecimal sumIfKnown(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    if (one == null || other == null) {
      return null;
    }
    return one.add(other);
  }

  /** The replies to one question, with their total cost. */
  private final class Conversation {

    /**
     * One reply.
     *
     * @param mayChange whether another reply is worth its price
     */
    record Turn(
        Optional<Score> score,
        @Nullable String failure,
        @Nullable String detail,
        Optional<Output> reply,
        @Nullable String traceId,
        boolean mayChange) {}

    private final Map<String, Object> request;
    private int received;
    private long promptTokens;
    private long completionTokens;
    private @Nullable BigDecimal cost = BigDecimal.ZERO;

    Conversation(Map<String, Object> request) {
      this.request = request;
    }

    Turn addReply(Reply reply) {
      return switch (reply) {
        case Reply.Answered answered -> read(answered);
        case Reply.Refused refused -> turnWithoutScore(REFUSED, refused.reason(), true);
        case Reply.Unavailable unavailable ->
            turnWithoutScore(UNAVAILABLE, unavailable.reason(), false);
      };
    }

    private Turn turnWithoutScore(String failure, String detail, boolean mayChange) {
      return new Turn(Optional.empty(), failure, detail, Optional.empty(), null, mayChange);
    }

    private Turn read(Reply.Answered answered) {
      Output output = answered.output();
      received++;
      promptTokens += output.tokens(json, "prompt_tokens");
      completionTokens += output.tokens(json, "completion_tokens");
      cost = sumIfKnown(cost, answered.costUsd());
      if (output.body().length() > LONGEST_KEPT) {
        return new Turn(
            Optional.empty(), TOO_LONG, null, Optional.empty(), answered.traceId(), true);
      }
      return switch (JudgeReplyResult.of(answered.answer().message())) {
        case JudgeReplyResult.Read read ->
            new Turn(
                Optional.of(read.score()),
                null,
                null,
                Optional.of(output),
                answered.traceId(),
                false);
        case JudgeReplyResult.Invalid invalid ->
            new Turn(
                Optional.empty(),
                invalid.flaw(),
                null,
                Optional.of(output),
                answered.traceId(),
                true);
      };
    }

    Judged judged(Turn last) {
      JudgeCall call =
          new JudgeCall(
              CanonicalJson.digest(request),
              last.reply().map(Output::digest).orElse(null),
              last.failure(),
              last.detail(),
              received,
              promptTokens,
              completionTokens,
              cost,
              last.traceId(),
              false);
      return new Judged(last.score(), call, last.reply());
    }
  }
}
