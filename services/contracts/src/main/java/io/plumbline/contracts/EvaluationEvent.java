package io.plumbline.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.RunOutcome;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events published by {@code evaluation}. */
@EventSource("evaluation")
public sealed interface EvaluationEvent extends Event {

  /**
   * A measured value with its confidence interval; the bounds are absent when no interval is
   * computed.
   */
  record Measure(double value, @Nullable Double low, @Nullable Double high) {}

  /**
   * A metric that a suite measures.
   *
   * @param largest the largest possible value; absent for an unbounded quantity
   * @param items the number of items of the suite that the metric covers when nothing is known
   *     about the answers; absent in events from before this field existed
   */
  record SuiteMetric(
      String metric,
      MetricKind kind,
      Direction direction,
      @Nullable Double largest,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer items) {}

  /**
   * A scorer, which gives each answer of a run a score.
   *
   * @param digest digest of the scorer's type with the version of its code, its name and its
   *     configuration; scorers with equal digests give equal scores
   */
  record SuiteScorer(String name, String type, Digest digest) {}

  /**
   * A version of a suite was published.
   *
   * @param subset the subset of the split; only runs over {@code test} can receive a verdict
   * @param metrics the metrics that criteria may use with this suite
   * @param perturbations the ways in which items are changed and sent again; empty without any
   * @param items the number of unperturbed items, on which quality is measured
   * @param perturbedItems the number of perturbed copies that are sent as well
   */
  @EventType("suite.published")
  record SuitePublished(
      String suite,
      int version,
      Digest suiteDigest,
      Digest splitDigest,
      String subset,
      List<SuiteScorer> scorers,
      List<SuiteMetric> metrics,
      List<String> perturbations,
      long items,
      long perturbedItems)
      implements EvaluationEvent {}

  /**
   * The scores that a variant without any skill would reach on the items of a suite.
   *
   * @param label the label that the variant answers with; present only for COMMONEST_LABEL
   * @param scores scores by metric, as far as they follow from the items alone
   * @param notComputed for each other metric, why it has no score
   */
  record TrivialScores(
      TrivialVariant variant,
      @Nullable String label,
      Map<String, Double> scores,
      Map<String, String> notComputed) {}

  /**
   * The scores of variants without any skill on a suite were computed. Criteria that such a variant
   * meets demand nothing. The event is published once per suite, together with it or later.
   *
   * @param variants the variants that the items allow; COMMONEST_LABEL only when every item has a
   *     label
   */
  @EventType("suite.trivial-scores-computed")
  record TrivialScoresComputed(String suite, Digest suiteDigest, List<TrivialScores> variants)
      implements EvaluationEvent {}

  /**
   * A suite of test items was opened: people can see the outputs of all runs over it although its
   * planned verdicts are not used up. No further run over these items is judged.
   */
  @EventType("suite.opened")
  record SuiteOpened(String suite, Digest suiteDigest, String reason) implements EvaluationEvent {}

  /**
   * Somebody who does not own a suite of test items wants it opened. It takes a second person or
   * the owner.
   */
  @EventType("suite.opening-requested")
  record SuiteOpeningRequested(String suite, Digest suiteDigest, String reason)
      implements EvaluationEvent {}

  /**
   * An evaluation run has started. {@code run.finished} follows in any case.
   *
   * @param subjectDigest digest of the evaluated variant, or of the name when a model is evaluated
   *     without a variant
   * @param items the number of questions that will be sent, perturbed ones included
   */
  @EventType("run.started")
  record RunStarted(
      UUID runId,
      String application,
      Digest suiteDigest,
      Digest subjectDigest,
      String model,
      long seed,
      long items)
      implements EvaluationEvent {}

  /**
   * An evaluation run has ended.
   *
   * @param subjectDigest as in {@code run.started}
   * @param items the number of unperturbed items, on which quality is measured
   * @param failedItems the number of questions without an answer, perturbed ones included
   * @param outputsDigest digest of all answers of the run: the root of a Merkle tree over salted
   *     items
   * @param retries the calls of the attempt beyond the one per question that counts; absent in
   *     events from before this field existed
   * @param pauses how often its runs paused because the model's server was away; absent in the same
   *     events
   */
  @EventType("run.finished")
  record RunFinished(
      UUID runId,
      @Nullable String application,
      Digest suiteDigest,
      Digest subjectDigest,
      RunOutcome outcome,
      long items,
      long failedItems,
      Digest outputsDigest,
      Map<String, Measure> metrics,
      Money cost,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer retries,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer pauses)
      implements EvaluationEvent {}

  @EventType("baseline.recorded")
  record BaselineRecorded(
      String application,
      Phase phase,
      UUID runId,
      Digest subjectDigest,
      Digest suiteDigest,
      Map<String, Measure> metrics)
      implements EvaluationEvent {}

  /**
   * A comparison was requested that takes too long for a synchronous answer. {@code
   * comparison.finished} follows.
   */
  @EventType("comparison.requested")
  record ComparisonRequested(
      UUID comparisonId, String application, UUID baselineRunId, List<UUID> runIds)
      implements EvaluationEvent {}

  /**
   * The differences between one run and the baseline run of a comparison, by metric, with
   * intervals.
   */
  record Delta(
      UUID runId,
      Digest subjectDigest,
      Map<String, Measure> differences,
      @Nullable Double pValue) {}

  /**
   * A requested comparison was computed.
   *
   * @param exploration whether the runs are over validation rows, so that the comparison is no
   *     evidence; absent in events from before such comparisons existed
   */
  @EventType("comparison.finished")
  record ComparisonFinished(
      UUID comparisonId,
      String application,
      UUID baselineRunId,
      List<Delta> deltas,
      @Nullable Boolean exploration)
      implements EvaluationEvent {}

  /**
   * A run, a comparison or a canary was judged.
   *
   * @param subjectDigest the judged variant (PHASE, RELEASE, REFRESH, CANARY) or model (FORGETTING)
   * @param sequence grows by one with each verdict of the application. Of two verdicts on the same
   *     variant the one with the larger number is newer, whatever order they arrive in
   * @param criteriaDigest the criteria that the verdict was reached by, which have this version and
   *     name this suite; absent for a canary, whose guard judges it
   * @param comparedWith the variants with a baseline over this suite, the best of which a REFRESH
   *     is compared with; absent for other kinds
   * @param afterData whether runs over its items had answers before its criteria were registered;
   *     absent for a canary and in events from before this field existed
   * @param pricesDigest the digest of the prices that its criterion on cost was computed with;
   *     absent without such a criterion and in events from before this field existed
   * @param repricedVerdictId the verdict on the same run that this one replaces, because a price
   *     changed and with it whether the run passes; absent for a verdict that a person requested
   */
  @EventType("verdict.issued")
  record VerdictIssued(
      UUID verdictId,
      VerdictKind kind,
      String application,
      long sequence,
      @Nullable Phase phase,
      Digest subjectDigest,
      @Nullable Digest criteriaDigest,
      @Nullable Integer criteriaVersion,
      @Nullable Digest suiteDigest,
      @Nullable UUID runId,
      @Nullable UUID releaseId,
      Outcome outcome,
      List<String> reasons,
      @Nullable List<Digest> comparedWith,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean afterData,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Digest pricesDigest,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID repricedVerdictId)
      implements EvaluationEvent {

    /** Creates a verdict that depends on no price. */
    public VerdictIssued(
        UUID verdictId,
        VerdictKind kind,
        String application,
        long sequence,
        @Nullable Phase phase,
        Digest subjectDigest,
        @Nullable Digest criteriaDigest,
        @Nullable Integer criteriaVersion,
        @Nullable Digest suiteDigest,
        @Nullable UUID runId,
        @Nullable UUID releaseId,
        Outcome outcome,
        List<String> reasons,
        @Nullable List<Digest> comparedWith,
        @Nullable Boolean afterData) {
      this(
          verdictId,
          kind,
          application,
          sequence,
          phase,
          subjectDigest,
          criteriaDigest,
          criteriaVersion,
          suiteDigest,
          runId,
          releaseId,
          outcome,
          reasons,
          comparedWith,
          afterData,
          null,
          null);
    }
  }

  /**
   * The comparison of a canary has as many answers as its release registered, and has shown no harm
   * so far. A comparison that begins anew with another control says it again.
   *
   * @param controlVariantDigest the variant that the candidate was compared with
   * @param answers the compared answers of the candidate, without those of the group of callers
   *     that has most of them
   * @param plannedAnswers the answers that the release registered
   */
  @EventType("canary.compared")
  record CanaryCompared(
      UUID releaseId,
      String application,
      String environment,
      Digest variantDigest,
      Digest controlVariantDigest,
      long answers,
      int plannedAnswers)
      implements EvaluationEvent {}
}
