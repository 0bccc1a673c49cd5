package io.plumbline.evaluation.run;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.plumbline.evaluation.inference.EmbeddingReply;
import io.plumbline.evaluation.inference.InferenceClient;
import io.plumbline.evaluation.inference.Reply;
import io.plumbline.evaluation.inference.Reply.Cause;
import io.plumbline.evaluation.run.turn.OutageDetector;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * An inference client that sends a question once, as an application does, and judges and the
 * encoder again while they are not available. It reports what becomes of each call to the {@link
 * OutageDetector} of the run.
 */
@Component
class RetryingInferenceClient {

  private static final Duration MAX_PAUSE = Duration.ofSeconds(30);

  private final InferenceClient inference;
  private final Retry retry;

  RetryingInferenceClient(InferenceClient inference, EvaluationSettings settings) {
    this.inference = inference;
    this.retry =
        Retry.of(
            "inference",
            RetryConfig.custom()
                .maxAttempts(settings.maxAttempts())
                .retryOnResult(Reply.Unavailable.class::isInstance)
                .retryOnException(unexpected -> false)
                .intervalBiFunction((attempt, last) -> pauseAfter(attempt, last.get()).toMillis())
                .build());
  }

  /**
   * Sends a question of a run. A failure of the model is its answer, since an application would get
   * no other one. The question is sent again only when the model was not asked, when the platform
   * failed, or when the model's server failed every question, so that nothing is known of this one.
   * A server that limits this question while it answers others has failed it, in the end.
   *
   * @param request the body of a chat completion
   * @param include what the answer is to contain besides; absent for nothing
   * @return the reply; unavailable when the model failed
   * @throws CancellationException when the run ends meanwhile
   */
  Reply ask(Map<String, Object> request, @Nullable String include) {
    OutageDetector.openQuestion();
    try {
      for (int attempt = 1; ; attempt++) {
        int number = OutageDetector.reportAttempt();
        Reply reply = inference.complete(request, include);
        if (!(reply instanceof Reply.Unavailable unavailable)) {
          OutageDetector.reportReply();
          if (reply instanceof Reply.Answered) {
            OutageDetector.reportAnswer(number, () -> probe(request, include));
          }
          return reply;
        }
        boolean counts =
            switch (unavailable.cause()) {
              case MODEL ->
                  OutageDetector.failureCounts(unavailable.reason(), () -> probe(request, include));
              case LIMIT -> OutageDetector.limitCounts(unavailable.reason());
              case HELD_BACK, PLATFORM -> {
                OutageDetector.reportUnavailable(unavailable.reason(), unavailable.cause());
                yield false;
              }
            };
        if (counts) {
          return reply;
        }
        if (unavailable.cause() != Cause.MODEL) {
          OutageDetector.reportRetry();
          Thread.sleep(pauseAfter(attempt, unavailable));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The run has ended");
    } finally {
      OutageDetector.closeQuestion();
    }
  }

  /** Sends a question to learn whether the model's server answers; the answer is not used. */
  private OutageDetector.Probed probe(Map<String, Object> request, @Nullable String include) {
    return switch (inference.complete(request, include)) {
      case Reply.Unavailable(var pause, var reason, var cause) when cause == Cause.MODEL ->
          new OutageDetector.Probed(false, true, pause, reason);
      case Reply.Unavailable(var pause, var reason, _) ->
          new OutageDetector.Probed(false, false, pause, reason);
      case Reply.Answered _, Reply.Refused _ ->
          new OutageDetector.Probed(true, false, Duration.ZERO, "");
    };
  }

  /**
   * Sends a question to a judge.
   *
   * @param request the body of a chat completion
   * @return the reply; unavailable after the last attempt
   */
  Reply complete(Map<String, Object> request) {
    return retry.executeSupplier(() -> {
      OutageDetector.reportAttempt();
      return reported(inference.complete(request, null));
    });
  }

  /**
   * Asks for embeddings.
   *
   * @param request the body of a request for embeddings
   * @param retrying whether there is a second attempt
   */
  EmbeddingReply embed(Map<String, Object> request, boolean retrying) {
    if (!retrying) {
      return inference.embed(request);
    }
    return retry.executeSupplier(() -> {
      OutageDetector.reportAttempt();
      return reported(inference.embed(request));
    });
  }

  private static <R> R reported(R reply) {
    if (reply instanceof Reply.Unavailable unavailable) {
      OutageDetector.reportUnavailable(unavailable.reason(), unavailable.cause());
    } else {
      OutageDetector.reportReply();
    }
    return reply;
  }

  /** Sends a question to a judge without a second attempt. */
  Reply completeOnce(Map<String, Object> request) {
    return inference.complete(request, null);
  }

  /** Returns the pause that inference requests, doubled with each attempt up to a limit. */
  static Duration pauseAfter(int attempt, Object last) {
    Duration requested =
        last instanceof Reply.Unavailable unavailable ? unavailable.retryAfter() : Duration.ZERO;
    Duration pause = requested.multipliedBy(1L << Math.min(attempt - 1, 10));
    if (pause.compareTo(MAX_PAUSE) > 0) {
      return MAX_PAUSE;
    }
    return pause;
  }
}
