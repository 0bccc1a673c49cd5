package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.evaluation.leakage.Leakage;
import io.plumbline.evaluation.metric.Confusion;
import io.plumbline.evaluation.metric.Confusion.ClassFigures;
import io.plumbline.evaluation.metric.Figures;
import io.plumbline.evaluation.metric.Measure;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.output.JudgeUsage;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.run.turn.ErrorTextRedactor;
import io.plumbline.evaluation.run.turn.OutageDetector;
import io.plumbline.platform.job.JobView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run in the API.
 *
 * @param criteriaVersion the version of the criteria that the run is evidence for; absent when it
 *     is exploration
 * @param leakage the items that leaked into the content that the variant used, which are not sent;
 *     absent for exploration, for a bare model, and before items are compared
 * @param failedItems the number of items without an answer, which count as the worst
 * @param reusedItems the number of items with the answer of an earlier run
 * @param notReused why answers of earlier runs, or some of them, are not reused; absent where they
 *     are
 * @param fallbackItems the number of items that a fallback model of the variant answered; they
 *     count like all others
 * @param retries the calls beyond the one per question that counts, made because the model was not
 *     asked, the platform failed or the model's server was away. Earlier runs of the attempt are
 *     included
 * @param pauses how often the run paused because the model's server was away, earlier runs of the
 *     attempt included
 * @param processors the processors of the machines on which inference answered, for information
 * @param reason why the run ended without figures; without the text of an error for sealed items,
 *     and for callers who may not see outputs
 * @param activity the progress of a running run in words, or the last error of a server that does
 *     not answer; without its text in the same cases
 * @param progress the share of the questions that are answered or have failed
 * @param sealed whether the outputs of the run are sealed: confusion, classes and items are not
 *     shown until every verdict that is planned on the items is used, or the suite was opened
 * @param outputsDigest the digest of its outputs, as {@code run.finished} published it and the
 *     ledger keeps it; absent while it runs
 * @param metrics the measures by metric, with 95% intervals; empty before the run is finished
 * @param unmeasured why a metric of the suite was not measured: a scorer gave no score, applies to
 *     no item, or needs a confidence that answers do not have
 * @param cost the cost of the run, including that of its judges; absent when the price of an answer
 *     or of a judge's reply is unknown
 * @param judging the usage of the run's judges, which is not part of the variant's cost; absent
 *     until it ends, and when it asked none
 */
record RunView(
    UUID runId,
    String application,
    Digest suiteDigest,
    @Nullable Digest variantDigest,
    String model,
    @Nullable Integer criteriaVersion,
    @Nullable String component,
    long seed,
    Run.State state,
    @Nullable String reason,
    @Nullable String activity,
    double progress,
    @Nullable Long etaSeconds,
    int items,
    int failedItems,
    int reusedItems,
    @Nullable String notReused,
    int fallbackItems,
    int retries,
    int pauses,
    List<String> processors,
    @Nullable Leakage leakage,
    boolean sealed,
    @Nullable Digest outputsDigest,
    Map<String, Measure> metrics,
    Map<String, String> unmeasured,
    @Nullable Confusion confusion,
    List<ClassFigures> classes,
    Map<Perturbation, Measure> consistency,
    @Nullable Money cost,
    @Nullable JudgingView judging,
    String createdBy,
    Instant createdAt,
    @Nullable Instant finishedAt) {

  /**
   * The usage of judges in the API.
   *
   * @param replies the number of replies received from judges
   * @param cost the cost of the replies; absent when the price of one is unknown
   */
  record JudgingView(int replies, long promptTokens, long completionTokens, @Nullable Money cost) {

    private static @Nullable JudgingView from(@Nullable JudgeUsage usage) {
      if (usage == null) {
        return null;
      }
      BigDecimal cost = usage.costUsd();
      return new JudgingView(
          usage.replies(),
          usage.promptTokens(),
          usage.completionTokens(),
          cost == null ? null : Money.usd(cost));
    }
  }

  /**
   * Returns a run as a caller may see it.
   *
   * @param seesOutputs whether the caller may see outputs of runs that are not sealed
   */
  static RunView from(
      Run run,
      int done,
      boolean answersPriced,
      @Nullable String notReused,
      RunItems.Answerers answerers,
      OutageDetector.Uncounted uncounted,
      @Nullable JobView job,
      @Nullable Leakage leakage,
      boolean sealed,
      boolean seesOutputs) {
    boolean hidesErrors = sealed || !seesOutputs;
    Run.Result result = run.result();
    Optional<Figures> figures = Optional.ofNullable(result.figures());
    Optional<Figures> shownFigures = figures.filter(_ -> !sealed);
    JudgingView judging = JudgingView.from(result.judging());
    Run.State state = run.state();
    String reason = result.reason();
    if (job != null
        && (job.state() == JobView.State.FAILED || job.state() == JobView.State.CANCELLED)) {
      state = Run.State.valueOf(job.state().name());
      reason = error(job, hidesErrors);
    }
    String activity =
        Optional.ofNullable(job).map(JobView::message).filter(text -> !text.isEmpty()).orElse(null);
    return new RunView(
        run.id(),
        run.application(),
        run.suiteDigest(),
        run.isOfVariant() ? run.subjectDigest() : null,
        run.model(),
        run.criteriaVersion(),
        run.component(),
        run.seed(),
        state,
        withoutErrorIf(hidesErrors, reason),
        withoutErrorIf(hidesErrors, activity),
        run.total() == 0 ? 0 : (double) done / run.total(),
        job == null ? null : job.etaSeconds(),
        run.total(),
        result.failed(),
        result.reused(),
        notReused,
        answerers.fallbackItems(),
        uncounted.retries(),
        uncounted.pauses(),
        answerers.processors(),
        leakage,
        sealed,
        result.outputsDigest(),
        figures.map(Figures::metrics).orElse(Map.of()),
        figures.map(Figures::unmeasured).orElse(Map.of()),
        shownFigures.map(Figures::confusion).orElse(null),
        shownFigures.map(Figures::classes).orElse(List.of()),
        figures.map(Figures::consistency).orElse(Map.of()),
        cost(run, judging, answersPriced),
        judging,
        run.createdBy(),
        run.createdAt(),
        result.finishedAt());
  }

  private static @Nullable Money cost(
      Run run, @Nullable JudgingView judging, boolean answersPriced) {
    boolean judgesPriced = judging == null || judging.cost() != null;
    return answersPriced && judgesPriced ? Money.usd(run.result().costUsd()) : null;
  }

  private static @Nullable String error(JobView job, boolean hidesErrors) {
    if (hidesErrors && job.error() != null) {
      return "The run stopped with an error.";
    }
    return job.error();
  }

  private static @Nullable String withoutErrorIf(boolean hidesErrors, @Nullable String text) {
    if (hidesErrors) {
      return ErrorTextRedactor.withoutErrorText(text);
    }
    return text;
  }
}
