package io.plumbline.evaluation.run;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.plumbline.evaluation.inference.EmbeddingReply;
import io.plumbline.evaluation.inference.InferenceClient;
import io.plumbline.evaluation.inference.Reply;
import io.plumbline.evaluation.run.turn.OutageDetector;
import java.time.Duration;
import java.util.Map;
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

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

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
                .intervalBiFunction((attempt, last) -> pause(attempt, last.get()).toMillis())
                .build());
  }

  /**
   * @param request of a chat completion
   * @return unavailable after the last attempt
   */
  Reply complete(Map<String, Object> request) {
    return patiently(() -> inference.complete(request, null));
  }

  /** The same with the passages that the variant retrieved. */
  Reply completeWithPassages(Map<String, Object> request) {
    return patiently(() -> inference.complete(request, "passages"));
  }

  /**
   * @param request of embeddings
   * @param patiently whether there is a second attempt
   */
  EmbeddingReply embed(Map<String, Object> request, boolean patiently) {
    Attempts attempted = new Attempts();
    return patiently
        ? retry.executeSupplier(() -> {
          OutageDetector.reportAttempt();
          EmbeddingReply reply = inference.embed(request);
          return reply instanceof Reply.Unavailable unavailable
              ? attempted.unavailable(unavailable)
              : attempted.replied(reply);
        })
        : inference.embed(request);
  }

  private Reply patiently(Supplier<Reply> call) {
    Attempts attempted = new Attempts();
    return retry.executeSupplier(() -> {
      OutageDetector.reportAttempt();
      Reply reply = call.get();
      return reply instanceof Reply.Unavailable unavailable
          ? attempted.unavailable(unavailable)
          : attempted.replied(reply);
    });
  }

  /** The attempts at one request. */
  private static final class Attempts {

    private @Nullable String ofModel;

    Reply.Unavailable unavailable(Reply.Unavailable now) {
      String reason = now.called() || ofModel == null ? now.reason() : ofModel;
      if (now.called()) {
        ofModel = reason;
      }
      OutageDetector.reportUnavailable(reason, now.ofProvider());
      return new Reply.Unavailable(now.retryAfter(), reason, now.called(), now.ofProvider());
    }

    <R> R replied(R reply) {
      OutageDetector.reportReply();
      return reply;
    }
  }

  /** The same without a second attempt. */
  Reply once(Map<String, Object> request) {
    return inference.complete(request, null);
  }

  int attempts() {
    return attempts;
  }

  /** At least the requested pause, doubled with each attempt. */
  static Duration pause(int attempt, Object last) {
    Duration requested =
        last instanceof Reply.Unavailable unavailable ? unavailable.retryAfter() : Duration.ZERO;
    Duration pause = requested.multipliedBy(1L << Math.min(attempt - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
