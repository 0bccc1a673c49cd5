package io.plumbline.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.contracts.state.PhaseState;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events published by {@code strategy}; {@code application} is the application's name, unique in
 * its workspace.
 */
@EventSource("strategy")
public sealed interface StrategyEvent extends Event {

  @EventType("application.registered")
  record ApplicationRegistered(
      UUID applicationId,
      String application,
      String owner,
      String purpose,
      Criticality criticality,
      TaskType task,
      long monthlyVolume)
      implements StrategyEvent {}

  /**
   * An assessment was completed: the decision tree recommended an approach.
   *
   * @param evidence for each answer of the decision tree its source: {@code measured:<what>} or
   *     {@code estimate}
   */
  @EventType("assessment.completed")
  record AssessmentCompleted(
      UUID assessmentId,
      String application,
      String approach,
      List<String> path,
      Map<String, String> evidence)
      implements StrategyEvent {}

  /**
   * A version of an application's criteria is in force from now on.
   *
   * @param criteriaDigest digest over application, version, suite, plan and criteria, so that each
   *     version has its own
   * @param suiteDigest the only suite whose runs are judged by these criteria
   * @param plannedVerdicts how many verdicts on the suite's items may be requested under these
   *     criteria; each verdict is judged at an equal share of the error level
   * @param candidatesPerPhase how many variants of a phase must be tried on validation before the
   *     failure of the best one decides the phase
   * @param purpose absent for criteria of releases. The versions of both purposes share one
   *     sequence, and the newest version of each purpose is in force
   * @param approved whether a second person approved these criteria; absent in events from before
   *     this field existed
   */
  @EventType("criteria.registered")
  record CriteriaRegistered(
      String application,
      int version,
      Digest criteriaDigest,
      Digest suiteDigest,
      int plannedVerdicts,
      int candidatesPerPhase,
      List<Criterion> criteria,
      @Nullable CriteriaPurpose purpose,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean approved)
      implements StrategyEvent {}

  /**
   * Criteria were proposed that need the approval of a second person, because they loosen those in
   * force or are criteria of refreshes. {@code criteria.registered} follows an approval.
   *
   * @param version the version that the proposal becomes, unless other criteria are registered
   *     first
   * @param digest digest of that version of the criteria, which the approval is bound to
   * @param loosens what the proposal demands less of, or allows without a person, one sentence each
   * @param purpose absent for criteria of releases
   */
  @EventType("criteria.change-requested")
  record CriteriaChangeRequested(
      UUID proposalId,
      String application,
      int version,
      Digest digest,
      Digest suiteDigest,
      int plannedVerdicts,
      int candidatesPerPhase,
      List<Criterion> criteria,
      List<String> loosens,
      String reason,
      String requester,
      @Nullable CriteriaPurpose purpose)
      implements StrategyEvent {}

  @EventType("phase.changed")
  record PhaseChanged(
      String application,
      Phase phase,
      PhaseState state,
      List<String> missingEvidence,
      List<UUID> verdictIds,
      @Nullable UUID waiverId)
      implements StrategyEvent {}

  /**
   * A cost model was computed.
   *
   * @param inputDigest digest of the volumes, prices and durations that it was computed from, as
   *     canonical JSON
   */
  @EventType("cost-model.computed")
  record CostModelComputed(UUID costModelId, @Nullable String application, Digest inputDigest)
      implements StrategyEvent {}

  /**
   * A waiver of a phase was requested.
   *
   * @param digest digest over application, phase and reason, which the approval is bound to
   */
  @EventType("waiver.requested")
  record WaiverRequested(
      UUID waiverId,
      String application,
      Phase phase,
      Digest digest,
      String reason,
      String requester)
      implements StrategyEvent {}

  @EventType("recommendation.issued")
  record RecommendationIssued(
      UUID recommendationId,
      String application,
      Digest variantDigest,
      String approach,
      String rationale,
      @Nullable Long breakEvenMonthlyVolume)
      implements StrategyEvent {}
}
