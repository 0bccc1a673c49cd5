package io.plumbline.evaluation.run;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.plumbline.evaluation.output.Answer;
import io.plumbline.evaluation.output.RunItem;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.scorer.SuiteScorers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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

  Answer answer(Question question, SuiteScorers scorers, boolean reuse) {
    Optional<RunItem> reused =
        reuse
            ? items.answerTo(question.digest()).flatMap(kept -> reused(question, scorers, kept))
            : Optional.empty();
    if (reused.isPresent()) {
      return new Answer(reused.get(), null);
    }
    return switch (retry.executeSupplier(() -> inference.complete(question))) {
      case Reply.Answered answered ->
          new Answer(item(question, scorers, answered), answered.output());
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

  private RunItem item(Question question, SuiteScorers scorers, Reply.Answered answered) {
    return new RunItem(
        question.item().ordinal(),
        question.item().itemId(),
        question.item().perturbation(),
        question.item().label(),
        question.digest(),
        true,
        RunItem.prediction(question.item().label(), answered.message(), json),
        scorers.score(question.expected(), answered.message()),
        null,
        answered.latencyMillis(),
        answered.overheadMillis(),
        answered.costUsd(),
        false,
        answered.output().digest(),
        answered.traceId());
  }

  /** An earlier answer, scored as this suite does; empty when it cannot be read any more. */
  private Optional<RunItem> reused(Question question, SuiteScorers scorers, Answer kept) {
    RunItem earlier = kept.item();
    return Optional.ofNullable(kept.output())
        .flatMap(output -> output.message(json))
        .map(message ->
            new RunItem(
                question.item().ordinal(),
                question.item().itemId(),
                question.item().perturbation(),
                question.item().label(),
                question.digest(),
                true,
                RunItem.prediction(question.item().label(), message, json),
                scorers.score(question.expected(), message),
                null,
                earlier.latencyMillis(),
                earlier.overheadMillis(),
                earlier.costUsd(),
                true,
                earlier.outputDigest(),
                earlier.traceId()));
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
        Map.of(),
        error,
        deadline.toMillis(),
        null,
        null,
        false,
        null,
        null);
  }
}
