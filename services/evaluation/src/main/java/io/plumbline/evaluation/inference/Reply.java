package io.plumbline.evaluation.inference;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.output.Output;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The result of sending a question to inference. */
public sealed interface Reply {

  /**
   * An answer.
   *
   * @param costUsd absent when inference knows no price
   * @param answeredBy the model that answered in place of the variant's own; absent when the own
   *     model answered
   * @param processor the processor of the machine that answered; absent where inference does not
   *     name it
   * @param latencyMillis the time from sending the request to the end of the answer, as a client
   *     sees it
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

  /** The result without an answer, of either kind. */
  sealed interface Failure extends Reply, EmbeddingReply {}

  /**
   * A failure after which the same request may succeed later.
   *
   * @param called false where inference answers that it did not call the model, because earlier
   *     calls failed or because as many calls as allowed are under way. True in all other cases,
   *     also where inference itself cannot be reached
   * @param ofProvider whether inference says that the model's server is at fault; false where
   *     inference cannot be reached, or has no capacity itself
   */
  record Unavailable(Duration retryAfter, String reason, boolean called, boolean ofProvider)
      implements Failure {}

  /** A failure that the same request would meet again, so that it is not sent again. */
  record Refused(String reason) implements Failure {}
}
