package io.plumbline.evaluation.inference;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.output.ModelUsage;
import io.plumbline.evaluation.output.Output;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of sending a question to inference. */
public sealed interface Reply {

  /**
   * An answer.
   *
   * @param costUsd absent when inference knows no price
   * @param usage the tokens of each priced model; absent where inference does not say
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
      @Nullable BigDecimal costUsd,
      @Nullable List<ModelUsage> usage)
      implements Reply {}

  /** The result without an answer, of either kind. */
  sealed interface Failure extends Reply, EmbeddingReply {}

  /** The side that failed when a request got no answer, as inference reports it. */
  enum Cause {
    /** The model, its server or another part of the variant failed. */
    MODEL,
    /** The model's server says that it did not process the call because it limits calls. */
    LIMIT,
    /** Inference holds calls of the model back at present. */
    HELD_BACK,
    /** Inference failed, could not be reached or had no capacity. */
    PLATFORM
  }

  /** A failure after which the same request may succeed later. */
  record Unavailable(Duration retryAfter, String reason, Cause cause) implements Failure {}

  /** A failure that the same request would meet again, so that it is not sent again. */
  record Refused(String reason) implements Failure {}
}
