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
import io.plumbline.evaluation.run.turn.SealedWords;
import io.plumbline.platform.job.JobView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run on the wire.
 *
 * @param criteriaVersion of the criteria that it is evidence for; absent when it is exploration
 * @param leakage which of the items are in what the variant used; these are not sent. Absent for
 *     exploration, for a bare model, and before they are compared
 * @param failedItems items without an answer, which count as the worst
 * @param reusedItems items whose answer is that of an earlier run
 * @param notReused why no answer of an earlier run is reused; absent where they are
 * @param fallbackItems items that a model of the variant's fallback answered; they count as they
 *     are
 * @param processors of the machines on which inference answered, for information
 * @param reason why it ended without figures; of sealed items without the words of an error
 * @param activity while it runs, how far it is, or the last error of a server that does not answer;
 *     of sealed items without its words
 * @param progress share of the questions that are answered or have failed
 * @param sealed whether its outputs are: confusion, classes and items are not shown until every
 *     verdict that is planned on the items is used, or the suite was opened
 * @param outputsDigest of all that it was answered, as {@code run.finished} published it and the
 *     ledger keeps it; absent while it runs
 * @param metrics by name, with 95% intervals; empty before the run is finished
 * @param unmeasured why a metric of the suite was not measured: where a scorer gave no score,
 *     applies to no item, or needs a confidence that answers do not have
 * @param cost of the run, with that of its judges
 * @param judging what its judges took, which is no part of the variant's cost; absent until it
 *     ends, and when it asked none
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
    List<String> processors,
    @Nullable Leakage leakage,
    boolean sealed,
    @Nullable Digest outputsDigest,
    Map<String, Measure> metrics,
    Map<String, String> unmeasured,
    @Nullable Confusion confusion,
    List<ClassFigures> classes,
    Map<Perturbation, Measure> consistency,
    Money cost,
    @Nullable JudgingView judging,
    String createdBy,
    Instant createdAt,
    @Nullable Instant finishedAt) {

  /**
   * The usage of judges on the wire.
   *
   * @param replies received from them
   * @param cost absent when the price of one is unknown
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

  static RunView from(
      Run run,
      int done,
      @Nullable String notReused,
      int fallback,
      List<String> processors,
      @Nullable JobView job,
      @Nullable Leakage leakage,
      boolean sealed) {
    Figures figures = run.figures();
    Run.State state = run.state();
    String reason = run.reason();
    if (job != null
        && (job.state() == JobView.State.FAILED || job.state() == JobView.State.CANCELLED)) {
      state = Run.State.valueOf(job.state().name());
      reason = sealed && job.error() != null ? "The run stopped with an error." : job.error();
    }
    String activity = job == null || job.message().isEmpty() ? null : job.message();
    return new RunView(
        run.id(),
        run.application(),
        run.suiteDigest(),
        run.ofVariant() ? run.subjectDigest() : null,
        run.model(),
        run.criteriaVersion(),
        run.component(),
        run.seed(),
        state,
        sealed ? SealedWords.without(reason) : reason,
        sealed ? SealedWords.without(activity) : activity,
        run.total() == 0 ? 0 : (double) done / run.total(),
        job == null ? null : job.etaSeconds(),
        run.total(),
        run.failed(),
        run.reused(),
        notReused,
        fallback,
        processors,
        leakage,
        sealed,
        run.outputsDigest(),
        figures == null ? Map.of() : figures.metrics(),
        figures == null ? Map.of() : figures.unmeasured(),
        figures == null || sealed ? null : figures.confusion(),
        figures == null || sealed ? List.of() : figures.classes(),
        figures == null ? Map.of() : figures.consistency(),
        Money.usd(run.costUsd()),
        JudgingView.from(run.judging()),
        run.createdBy(),
        run.createdAt(),
        run.finishedAt());
  }
}
