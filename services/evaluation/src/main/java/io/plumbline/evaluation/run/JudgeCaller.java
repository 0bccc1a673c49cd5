package io.plumbline.evaluation.run;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.inference.Reply;
import io.plumbline.evaluation.output.JudgeCall;
import io.plumbline.evaluation.output.Output;
import io.plumbline.evaluation.scorer.JudgeReading;
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
 * Asks a judge about one answer, as every variant is asked: one user message through inference.
 *
 * <p>While inference or the provider is not available it is asked again as a judged variant is. A
 * reply that is no score, a refusal, and one that is late were paid for, so that of these there are
 * {@value #REPLIES} at most.
 */
@Component
class JudgeCaller {

  static final int REPLIES = 3;

  /** Characters of a reply with all that a provider adds to it. */
  static final int LONGEST_KEPT = 100_000;

  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final String UNAVAILABLE = "it was not available";
  private static final String REFUSED =
      "it gave no answer, or not in time, or not in its response format";
  private static final String TOO_LONG = "its reply is longer than what is kept of one";

  /**
   * What came of it.
   *
   * @param score absent when there is a failure
   * @param reply the last one; absent without one
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
   * @param frame what it is asked
   * @param patiently whether it is asked again when it gives no score
   */
  Judged ask(Digest judge, String frame, boolean patiently) {
    Map<String, Object> request =
        Map.of(
            "model",
            Run.VARIANT + judge,
            "messages",
            List.of(Map.of("role", "user", "content", frame)));
    Conversation conversation = new Conversation(request);
    Conversation.Turn last =
        patiently
            ? replies.executeSupplier(() -> conversation.take(inference.complete(request)))
            : conversation.take(inference.once(request));
    return conversation.judged(last);
  }

  /** The replies to one question, and what they cost together. */
  private final class Conversation {

    /**
     * One reply.
     *
     * @param mayChange whether another one is worth its price
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

    Turn take(Reply reply) {
      return switch (reply) {
        case Reply.Answered answered -> read(answered);
        case Reply.Refused refused -> without(REFUSED, refused.reason(), true);
        case Reply.Unavailable unavailable -> without(UNAVAILABLE, unavailable.reason(), false);
      };
    }

    private Turn without(String failure, String detail, boolean mayChange) {
      return new Turn(Optional.empty(), failure, detail, Optional.empty(), null, mayChange);
    }

    private Turn read(Reply.Answered answered) {
      Output output = answered.output();
      received++;
      promptTokens += output.tokens(json, "prompt_tokens");
      completionTokens += output.tokens(json, "completion_tokens");
      BigDecimal price = answered.costUsd();
      cost = cost == null || price == null ? null : cost.add(price);
      if (output.body().length() > LONGEST_KEPT) {
        return new Turn(
            Optional.empty(), TOO_LONG, null, Optional.empty(), answered.traceId(), true);
      }
      return switch (JudgeReading.of(answered.answer().message())) {
        case JudgeReading.Read read ->
            new Turn(
                Optional.of(read.score()),
                null,
                null,
                Optional.of(output),
                answered.traceId(),
                false);
        case JudgeReading.Invalid flawed ->
            new Turn(
                Optional.empty(),
                flawed.flaw(),
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
