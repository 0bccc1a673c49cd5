package io.plumbline.evaluation.run;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.plumbline.evaluation.inference.EmbeddingReply;
import io.plumbline.evaluation.inference.InferenceClient;
import io.plumbline.evaluation.inference.Reply;
import io.plumbline.evaluation.run.turn.OutageDetector;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * An inference client that asks again while inference is not available. It reports the outcome of
 * each attempt to the {@link OutageDetector} of the run. If inference refuses the last attempt
 * without calling the model, the reason of the last call is reported.
 */
@Component
class RetryingInferenceClient {

  private static final Duration MAX_PAUSE = Duration.ofSeconds(30);

  private final InferenceClient inference;
  private final int attempts;
  private final Retry retry;

  RetryingInferenceClient(InferenceClient inference, EvaluationSettings settings) {
    this.inference = inference;
    this.attempts = settings.maxAttempts();
    this.retry =
        Retry.of(
            "inference",
            RetryConfig.custom()
                .maxAttempts(attempts)
                .retryOnResult(Reply.Unavailable.class::isInstance)
                .retryOnException(unexpected -> false)
                .intervalBiFunction((attempt, last) -> pauseAfter(attempt, last.get()).toMillis())
                .build());
  }

  /**
   * Sends a question.
   *
   * @param request the body of a chat completion
   * @return the reply; unavailable after the last attempt
   */
  Reply complete(Map<String, Object> request) {
    return withRetries(() -> inference.complete(request, null));
  }

  /** Sends a question and asks for the passages that the variant retrieved. */
  Reply completeWithPassages(Map<String, Object> request) {
    return withRetries(() -> inference.complete(request, "passages"));
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
    Attempts attempted = new Attempts();
    return retry.executeSupplier(() -> {
      OutageDetector.reportAttempt();
      EmbeddingReply reply = inference.embed(request);
      return reply instanceof Reply.Unavailable unavailable
          ? attempted.recordUnavailable(unavailable)
          : attempted.recordReply(reply);
    });
  }

  private Reply withRetries(Supplier<Reply> call) {
    Attempts attempted = new Attempts();
    return retry.executeSupplier(() -> {
      OutageDetector.reportAttempt();
      Reply reply = call.get();
      return reply instanceof Reply.Unavailable unavailable
          ? attempted.recordUnavailable(unavailable)
          : attempted.recordReply(reply);
    });
  }

  /** The attempts at one request. */
  private static final class Attempts {

    private @Nullable String lastModelError;

    Reply.Unavailable recordUnavailable(Reply.Unavailable now) {
      String reason = reason(now);
      if (now.called()) {
        lastModelError = reason;
      }
      OutageDetector.reportUnavailable(reason, now.ofProvider());
      return new Reply.Unavailable(now.retryAfter(), reason, now.called(), now.ofProvider());
    }

    private String reason(Reply.Unavailable now) {
      if (now.called()) {
        return now.reason();
      }
      return Objects.requireNonNullElse(lastModelError, now.reason());
    }

    <R> R recordReply(R reply) {
      OutageDetector.reportReply();
      return reply;
    }
  }

  /** Sends a question without a second attempt. */
  Reply completeOnce(Map<String, Object> request) {
    return inference.complete(request, null);
  }

  int maxAttempts() {
    return attempts;
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
