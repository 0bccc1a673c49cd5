package io.plumbline.evaluation.run;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gets one question answered: from a former run of the same content, else from the door, with
 * patience.
 */
@Component
class ItemRunner {

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final InferenceClient door;
  private final RunItems items;
  private final EvaluationSettings settings;
  private final JsonMapper json;

  ItemRunner(InferenceClient door, RunItems items, EvaluationSettings settings, JsonMapper json) {
    this.door = door;
    this.items = items;
    this.settings = settings;
    this.json = json;
  }

  RunItem answer(Question question, boolean fresh) throws InterruptedException {
    if (!fresh) {
      RunItem known = items.answerTo(question.digest()).orElse(null);
      if (known != null) {
        return item(
            question,
            known.prediction(),
            known.latencyMillis(),
            known.overheadMillis(),
            known.costUsd(),
            true);
      }
    }
    String reason = "";
    for (int attempt = 0; attempt < settings.maxAttempts(); attempt++) {
      switch (door.ask(question)) {
        case Reply.Answered answered -> {
          return item(
              question,
              Prediction.of(answered.content(), json),
              answered.latencyMillis(),
              answered.overheadMillis(),
              answered.costUsd(),
              false);
        }
        case Reply.Refused refused -> {
          return failed(question, refused.reason());
        }
        case Reply.Later later -> {
          reason = later.reason();
          Thread.sleep(pause(later.after(), attempt));
        }
      }
    }
    return failed(question, "Given up after " + settings.maxAttempts() + " attempts: " + reason);
  }

  /** At least what the door asked for, doubled from attempt to attempt. */
  private static Duration pause(Duration asked, int attempt) {
    Duration pause = asked.multipliedBy(1L << Math.min(attempt, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private static RunItem item(
      Question question,
      @Nullable String prediction,
      double latency,
      @Nullable Double overhead,
      BigDecimal cost,
      boolean reused) {
    return new RunItem(
        question.item().ordinal(),
        question.item().itemId(),
        question.item().perturbation(),
        question.item().label(),
        question.digest(),
        true,
        prediction,
        null,
        latency,
        overhead,
        cost,
        reused);
  }

  private static RunItem failed(Question question, String error) {
    return new RunItem(
        question.item().ordinal(),
        question.item().itemId(),
        question.item().perturbation(),
        question.item().label(),
        question.digest(),
        false,
        null,
        error,
        0,
        null,
        BigDecimal.ZERO,
        false);
  }
}
