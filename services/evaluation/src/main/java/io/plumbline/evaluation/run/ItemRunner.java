package io.plumbline.evaluation.run;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.plumbline.evaluation.output.Answer;
import io.plumbline.evaluation.output.Prediction;
import io.plumbline.evaluation.output.RunItem;
import io.plumbline.evaluation.output.RunItems;
import java.time.Duration;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Gets an answer to one question: that of an earlier run of the same request, else inference's. */
@Component
class ItemRunner {

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final InferenceClient inference;
  private final RunItems items;
  private final JsonMapper json;
  private final Duration deadline;
  private final Retry retry;

  ItemRunner(
      InferenceClient inference, RunItems items, EvaluationSettings settings, JsonMapper json) {
    this.inference = inference;
    this.items = items;
    this.json = json;
    this.deadline = settings.itemDeadline();
    this.retry =
        Retry.of(
            "inference",
            RetryConfig.<Reply>custom()
                .maxAttempts(settings.maxAttempts())
                .retryOnResult(Reply.Unavailable.class::isInstance)
                .retryOnException(unexpected -> false)
                .intervalBiFunction((attempt, last) -> pause(attempt, last.get()).toMillis())
                .build());
  }

  Answer answer(Question question, boolean reuse) {
    if (reuse) {
      RunItem earlier = items.answerTo(question.digest()).orElse(null);
      if (earlier != null) {
        return new Answer(reused(question, earlier), null);
      }
    }
    return switch (retry.executeSupplier(() -> inference.complete(question))) {
      case Reply.Answered answered -> new Answer(item(question, answered), answered.output());
      case Reply.Refused refused -> new Answer(failed(question, refused.reason()), null);
      case Reply.Unavailable unavailable ->
          new Answer(
              failed(
                  question,
                  "No answer after %d attempts: %s"
                      .formatted(retry.getRetryConfig().getMaxAttempts(), unavailable.reason())),
              null);
    };
  }

  /** At least the requested pause, doubled with each attempt. */
  static Duration pause(int attempt, Reply last) {
    Duration requested =
        last instanceof Reply.Unavailable unavailable ? unavailable.retryAfter() : Duration.ZERO;
    Duration pause = requested.multipliedBy(1L << Math.min(attempt - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private RunItem item(Question question, Reply.Answered answered) {
    return new RunItem(
        question.item().ordinal(),
        question.item().itemId(),
        question.item().perturbation(),
        question.item().label(),
        question.digest(),
        true,
        Prediction.of(answered.content(), json),
        null,
        answered.latencyMillis(),
        answered.overheadMillis(),
        answered.costUsd(),
        false,
        answered.output().digest(),
        answered.traceId());
  }

  private static RunItem reused(Question question, RunItem earlier) {
    return new RunItem(
        question.item().ordinal(),
        question.item().itemId(),
        question.item().perturbation(),
        question.item().label(),
        question.digest(),
        true,
        earlier.prediction(),
        null,
        earlier.latencyMillis(),
        earlier.overheadMillis(),
        earlier.costUsd(),
        true,
        earlier.outputDigest(),
        earlier.traceId());
  }

  private RunItem failed(Question question, String error) {
    return new RunItem(
        question.item().ordinal(),
        question.item().itemId(),
        question.item().perturbation(),
        question.item().label(),
        question.digest(),
        false,
        null,
        error,
        deadline.toMillis(),
        null,
        null,
        false,
        null,
        null);
  }
}
