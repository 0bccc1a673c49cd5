package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.output.Answer;
import io.plumbline.evaluation.output.Output;
import io.plumbline.evaluation.output.RunItem;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.scorer.ModelMessage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gets an answer to one question, that of an earlier run of the same request, else inference's, and
 * has it scored.
 */
@Component
class ItemRunner {

  /**
   * A message, and what getting it took, now or in an earlier run.
   *
   * @param unkept its output, unless that is kept already
   */
  private record Given(
      ModelMessage message,
      double latencyMillis,
      @Nullable Double overheadMillis,
      @Nullable BigDecimal costUsd,
      @Nullable Digest outputDigest,
      @Nullable String traceId,
      @Nullable String answeredBy,
      @Nullable Output unkept) {

    static Given now(Reply.Answered answered) {
      return new Given(
          answered.message(),
          answered.latencyMillis(),
          answered.overheadMillis(),
          answered.costUsd(),
          answered.output().digest(),
          answered.traceId(),
          answered.answeredBy(),
          answered.output());
    }

    static Given earlier(RunItem item, ModelMessage message) {
      return new Given(
          message,
          item.latencyMillis(),
          item.overheadMillis(),
          item.costUsd(),
          item.outputDigest(),
          item.traceId(),
          item.answeredBy(),
          null);
    }
  }

  private final PatientInference inference;
  private final RunItems items;
  private final JsonMapper json;
  private final Duration deadline;

  ItemRunner(
      PatientInference inference, RunItems items, EvaluationSettings settings, JsonMapper json) {
    this.inference = inference;
    this.items = items;
    this.json = json;
    this.deadline = settings.itemDeadline();
  }

  Answer answer(Question question, RunScorers scorers, boolean reuse) {
    Optional<Given> earlier =
        reuse ? items.answerTo(question.digest()).flatMap(this::earlier) : Optional.empty();
    if (earlier.isPresent()) {
      return answered(question, scorers, earlier.get());
    }
    return switch (inference.complete(question.body())) {
      case Reply.Answered answered -> answered(question, scorers, Given.now(answered));
      case Reply.Refused refused -> failed(question, refused.reason());
      case Reply.Unavailable unavailable ->
          failed(
              question,
              "No answer after %d attempts: %s"
                  .formatted(inference.attempts(), unavailable.reason()));
    };
  }

  /** Empty when it cannot be read any more. */
  private Optional<Given> earlier(Answer kept) {
    return Optional.ofNullable(kept.output())
        .flatMap(output -> output.message(json))
        .map(message -> Given.earlier(kept.item(), message));
  }

  private Answer answered(Question question, RunScorers scorers, Given given) {
    RunScorers.Scored scored = scorers.score(question, given.message());
    String label = question.item().label();
    RunItem item =
        new RunItem(
            question.item().ordinal(),
            question.item().itemId(),
            question.item().perturbation(),
            label,
            question.digest(),
            true,
            RunItem.prediction(label, given.message(), json),
            scored.scores(),
            scored.judged(),
            null,
            given.latencyMillis(),
            given.overheadMillis(),
            given.costUsd(),
            given.unkept() == null,
            given.outputDigest(),
            given.traceId(),
            given.answeredBy());
    return new Answer(item, given.unkept(), scored.replies());
  }

  /** Without an answer every scorer gives 0, and no judge is asked. */
  private Answer failed(Question question, String error) {
    RunItem item =
        new RunItem(
            question.item().ordinal(),
            question.item().itemId(),
            question.item().perturbation(),
            question.item().label(),
            question.digest(),
            false,
            null,
            Map.of(),
            Map.of(),
            error,
            deadline.toMillis(),
            null,
            null,
            false,
            null,
            null,
            null);
    return new Answer(item, null, Map.of());
  }
}
