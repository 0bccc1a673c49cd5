package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.inference.Reply;
import io.plumbline.evaluation.output.Answer;
import io.plumbline.evaluation.output.ModelUsage;
import io.plumbline.evaluation.output.Output;
import io.plumbline.evaluation.output.RunItem;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.scorer.SuiteScorers;
import io.plumbline.evaluation.suite.SuiteDefinition;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gets an answer to one question, from an earlier run with an equal request or else from inference,
 * and has it scored.
 */
@Component
class ItemRunner {

  /**
   * An answer with the figures of its call, which was made now or in an earlier run.
   *
   * @param unkept the output of the answer; absent where it is stored already
   */
  private record Given(
      ModelAnswer answer,
      double latencyMillis,
      @Nullable Double overheadMillis,
      @Nullable BigDecimal costUsd,
      @Nullable List<ModelUsage> usage,
      @Nullable Digest outputDigest,
      @Nullable String traceId,
      @Nullable String answeredBy,
      @Nullable String processor,
      @Nullable Output unkept) {

    static Given ofReply(Reply.Answered answered) {
      return new Given(
          answered.answer(),
          answered.latencyMillis(),
          answered.overheadMillis(),
          answered.costUsd(),
          answered.usage(),
          answered.output().digest(),
          answered.traceId(),
          answered.answeredBy(),
          answered.processor(),
          answered.output());
    }

    static Given ofEarlierRun(RunItem item, ModelAnswer answer) {
      return new Given(
          answer,
          item.latencyMillis(),
          item.overheadMillis(),
          item.costUsd(),
          item.usage(),
          item.outputDigest(),
          item.traceId(),
          item.answeredBy(),
          item.processor(),
          null);
    }
  }

  /**
   * Decides which answers of earlier runs a run reuses. One without a known price is reused only
   * while there is still none: the run sends such questions until an answer shows whether a price
   * is known by now, so that listing a price helps. An answer of a fallback is reused in any case,
   * since an answer of the run may come from another model, whose price says nothing about it.
   */
  static final class Reuse {

    private final boolean allowed;
    private volatile boolean unpriced;

    Reuse(boolean allowed) {
      this.allowed = allowed;
    }

    boolean isAllowed() {
      return allowed;
    }

    /** Returns whether the run takes an earlier answer instead of sending its question. */
    private boolean shouldReuse(Given earlier) {
      return earlier.costUsd() != null || earlier.answeredBy() != null || unpriced;
    }

    /**
     * Learns from an answer of this run whether prices are known.
     *
     * @param costUsd its cost; absent where its price is unknown
     */
    void learnPricing(@Nullable BigDecimal costUsd) {
      unpriced = costUsd == null;
    }
  }

  private final RetryingInferenceClient inference;
  private final JudgeCaller judges;
  private final EncoderCaller encoder;
  private final RunItems items;
  private final JsonMapper json;
  private final Duration deadline;

  ItemRunner(
      RetryingInferenceClient inference,
      JudgeCaller judges,
      EncoderCaller encoder,
      RunItems items,
      EvaluationSettings settings,
      JsonMapper json) {
    this.inference = inference;
    this.judges = judges;
    this.encoder = encoder;
    this.items = items;
    this.json = json;
    this.deadline = settings.itemDeadline();
  }

  /** Returns the scorers of a suite, for the answers of one run. */
  RunScorers scorersOf(SuiteDefinition suite) {
    return new RunScorers(SuiteScorers.of(suite.scorers()), judges, encoder);
  }

  Answer answer(Question question, RunScorers scorers, Reuse reuse) {
    if (!question.isForVariant() && !question.input().variables().isEmpty()) {
      return failedAnswer(
          question,
          scorers,
          "The item gives a prompt's variables their values, and a bare model has no prompt:"
              + " evaluate a variant.");
    }
    Optional<Given> earlier = Optional.empty();
    if (reuse.isAllowed()) {
      earlier = items.findAnswerByRequest(question.digest()).flatMap(this::earlierAnswer);
    }
    if (earlier.filter(reuse::shouldReuse).isPresent()) {
      return scoreAnswer(question, scorers, earlier.get());
    }
    Reply reply = ask(question);
    // An answer without a price is better than none.
    if (!(reply instanceof Reply.Answered) && earlier.isPresent()) {
      return scoreAnswer(question, scorers, earlier.get());
    }
    return switch (reply) {
      case Reply.Answered answered -> {
        reuse.learnPricing(answered.costUsd());
        yield scoreAnswer(question, scorers, Given.ofReply(answered));
      }
      case Reply.Refused refused -> failedAnswer(question, scorers, refused.reason());
      case Reply.Unavailable failed -> failedAnswer(question, scorers, failed.reason());
    };
  }

  private Reply ask(Question question) {
    return inference.ask(question.body(), question.isForVariant() ? "passages" : null);
  }

  /** Reads the answer of an earlier run; empty when the stored output cannot be read any more. */
  private Optional<Given> earlierAnswer(Answer stored) {
    return Optional.ofNullable(stored.output())
        .flatMap(output -> output.answer(json))
        .map(answer -> Given.ofEarlierRun(stored.item(), answer));
  }

  private Answer scoreAnswer(Question question, RunScorers scorers, Given given) {
    ModelAnswer answer = given.answer();
    RunScorers.Scored scored = scorers.score(question, answer);
    String label = question.item().label();
    RunItem item =
        new RunItem(
            question.item().ordinal(),
            question.item().itemId(),
            question.item().perturbation(),
            label,
            question.digest(),
            true,
            RunItem.prediction(label, answer.message()),
            scored.scores().scores(),
            scored.judged(),
            scored.scores().notApplicable(),
            answer.abstained(),
            answer.confidence(),
            null,
            given.latencyMillis(),
            given.overheadMillis(),
            given.costUsd(),
            given.unkept() == null,
            given.outputDigest(),
            given.traceId(),
            given.answeredBy(),
            given.processor(),
            given.usage());
    return new Answer(item, given.unkept(), scored.replies());
  }

  /**
   * Returns the result of a question without an answer. Every scorer that applies gives 0, and no
   * judge is asked.
   */
  private Answer failedAnswer(Question question, RunScorers scorers, String error) {
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
            scorers.scoresOfUnanswered(question).notApplicable(),
            false,
            null,
            error,
            deadline.toMillis(),
            null,
            null,
            false,
            null,
            null,
            null,
            null,
            null);
    return new Answer(item, null, Map.of());
  }
}
