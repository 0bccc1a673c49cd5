package io.plumbline.evaluation.run;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the inference door made of a question. */
sealed interface Reply {

  /**
   * @param latencyMillis from sending the request to having read the answer, as a client sees it
   */
  record Answered(
      String content, double latencyMillis, @Nullable Double overheadMillis, BigDecimal costUsd)
      implements Reply {}

  /** No answer now, but perhaps later. */
  record Later(Duration after, String reason) implements Reply {}

  /** No answer, and none if asked again. */
  record Refused(String reason) implements Reply {}
}
