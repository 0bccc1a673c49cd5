package io.plumbline.evaluation.inference;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.output.Output;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The result of sending a question to inference. */
public sealed interface Reply {

  /**
   * @param costUsd absent when inference knows no price
   * @param answeredBy the model that answered in place of the variant's own; absent when that did
   * @param processor of the machine that answered; absent where inference does not say it
   * @param latencyMillis from sending the request to the end of the answer, as a client sees it
   */
  record Answered(
      Output output,
      ModelAnswer answer,
      @Nullable String traceId,
      @Nullable String answeredBy,
      @Nullable String processor,
      double latencyMillis,
      @Nullable Double overheadMillis,
      @Nullable BigDecimal costUsd)
      implements Reply {}

  /** No answer of any kind. */
  sealed interface Failure extends Reply, EmbeddingReply {}

  /**
   * No answer now; the same request may succeed later.
   *
   * @param called whether the model was called; false where inference holds calls back because
   *     former ones failed, so that the reason is none of the model's server
   * @param ofProvider whether inference says that the model's server is at fault; false where
   *     inference is not reached, or has no room itself
   */
  record Unavailable(Duration retryAfter, String reason, boolean called, boolean ofProvider)
      implements Failure {}

  /** No answer, and none to the same request later. */
  record Refused(String reason) implements Failure {}
}
