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
@Source("evaluation")
public sealed interface EvaluationEvent extends Event {

  /** A measured value with its confidence interval; bounds are absent where none is computed. */
  record Measure(double value, @Nullable Double low, @Nullable Double high) {}

  /**
   * A metric that a suite measures.
   *
   * @param largest the largest value it can take; absent for a quantity without one
   * @param items how many of the suite's items it is over, if nothing is known of the answers;
   *     absent of suites that were published before it was said
   */
  record SuiteMetric(
      String metric,
      MetricKind kind,
      Direction direction,
      @Nullable Double largest,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer items) {}

  /**
   * What gives each answer of a run a score.
   *
   * @param digest of its type with the version of its code, its name and its configuration: equal
   *     ones score alike
   */
  record SuiteScorer(String name, String type, Digest digest) {}

  /**
   * @param subset of the split: only {@code test} carries a verdict
   * @param metrics that criteria over this suite may name
   * @param perturbations the ways in which items are changed and sent again; empty without any
   * @param items those that quality is measured on, without perturbation
   * @param perturbedItems those that are sent again, changed
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
   * The scores that a run of a variant without any skill would have over the items of a suite.
   *
   * @param label that it answers; absent unless it is COMMONEST_LABEL
   * @param scores by metrics, of those that follow from the items alone
   * @param notComputed why the others have none, by metrics
   */
  record TrivialScores(
      TrivialVariant variant,
      @Nullable String label,
      Map<String, Double> scores,
      Map<String, String> notComputed) {}

  /**
   * The scores of variants without any skill over a suite: criteria that one of them meets ask for
   * nothing. The event is published once for each suite, with it or later.
   *
   * @param variants those that the items allow: a label only where each item has one
   */
  @EventType("suite.trivial-scores-computed")
  record TrivialScoresComputed(String suite, Digest suiteDigest, List<TrivialScores> variants)
      implements EvaluationEvent {}

  /**
   * The outputs of all runs over a suite of test items can be seen from now on, before its planned
   * verdicts are used: no further run over its items is judged.
   */
  @EventType("suite.opened")
  record SuiteOpened(String suite, Digest suiteDigest, String reason) implements EvaluationEvent {}

  /**
   * {@code run.finished} follows in any case.
   *
   * @param subjectDigest of the variant that is evaluated, or of the name of a bare model
   * @param items questions that will be sent, perturbed ones included
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
   * @param subjectDigest as in {@code run.started}
   * @param items those that quality is measured on, without perturbation; perturbed ones are not
   *     counted
   * @param failedItems questions without an answer, perturbed ones included
   * @param outputsDigest of all that the run was answered: the root of a Merkle tree over salted
   *     items
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
      Money cost)
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
   * A comparison that takes too long for a synchronous answer; {@code comparison.finished} follows.
   */
  @EventType("comparison.requested")
  record ComparisonRequested(
      UUID comparisonId, String application, UUID baselineRunId, List<UUID> runIds)
      implements EvaluationEvent {}

  /**
   * Differences of one run against the baseline run of a comparison, per metric, with intervals.
   */
  record Delta(
      UUID runId,
      Digest subjectDigest,
      Map<String, Measure> differences,
      @Nullable Double pValue) {}

  /**
   * @param exploration whether its runs are over validation rows, so that it is no evidence. Absent
   *     from events of before there were such comparisons
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
   * @param subjectDigest the variant (PHASE, RELEASE, REFRESH, CANARY) or model (FORGETTING) that
   *     was judged
   * @param sequence grows with each verdict of the application, without gaps: of two on the same
   *     variant the larger is the newer, whatever order they arrive in
   * @param criteriaDigest the criteria it was judged by, of this version, which name this suite;
   *     absent for a canary, which is judged by its guard
   * @param comparedWith the variants whose baselines over this suite the best was taken of, with
   *     which a REFRESH is compared; absent for other kinds
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
      @Nullable List<Digest> comparedWith)
      implements EvaluationEvent {}
}
