package io.plumbline.evaluation.run;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.plumbline.evaluation.inference.EmbeddingReply;
import io.plumbline.evaluation.inference.InferenceClient;
import io.plumbline.evaluation.inference.Reply;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Inference, asked again while it is not available. */
@Component
class PatientInference {

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final InferenceClient inference;
  private final int attempts;
  private final Retry retry;

  PatientInference(InferenceClient inference, EvaluationSettings settings) {
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
    return retry.executeSupplier(() -> inference.complete(request, null));
  }

  /** The same with the passages that the variant retrieved. */
  Reply completeWithPassages(Map<String, Object> request) {
    return retry.executeSupplier(() -> inference.complete(request, "passages"));
  }

  /**
   * @param request of embeddings
   * @param patiently whether there is a second attempt
   */
  EmbeddingReply embed(Map<String, Object> request, boolean patiently) {
    return patiently
        ? retry.executeSupplier(() -> inference.embed(request))
        : inference.embed(request);
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
