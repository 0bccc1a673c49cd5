package io.plumbline.contracts;

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

  @EventType("suite.published")
  record SuitePublished(
      String suite,
      int version,
      Digest suiteDigest,
      Digest splitDigest,
      String subset,
      List<String> evaluators,
      long items)
      implements EvaluationEvent {}

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
      Map<String, Measure> metrics,
      Money cost)
      implements EvaluationEvent {}

  @EventType("baseline.recorded")
  record BaselineRecorded(
      String application,
      Phase phase,
      UUID runId,
      Digest subjectDigest,
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

  @EventType("comparison.finished")
  record ComparisonFinished(
      UUID comparisonId, String application, UUID baselineRunId, List<Delta> deltas)
      implements EvaluationEvent {}

  /**
   * @param subjectDigest the variant (PHASE, RELEASE, CANARY) or model (FORGETTING) that was judged
   * @param criteriaDigest the criteria in force; absent for a canary, which is judged by its guard
   */
  @EventType("verdict.issued")
  record VerdictIssued(
      UUID verdictId,
      VerdictKind kind,
      String application,
      @Nullable Phase phase,
      Digest subjectDigest,
      @Nullable Digest criteriaDigest,
      @Nullable UUID runId,
      @Nullable UUID releaseId,
      Outcome outcome,
      List<String> reasons)
      implements EvaluationEvent {}
}
