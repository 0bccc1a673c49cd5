package io.plumbline.contracts;

import io.plumbline.contracts.state.PhaseState;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events published by {@code strategy}; {@code application} is the application's name, unique in
 * its workspace.
 */
@Source("strategy")
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
   * @param evidence each answer of the decision tree with its source: {@code measured:<what>} or
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
   * @param criteriaDigest over application, version, suite, plan and criteria: each version has its
   *     own
   * @param suiteDigest of the suite whose runs alone are judged by these criteria
   * @param plannedVerdicts how many verdicts on the suite's items may be asked for under these
   *     criteria; each is judged at that share of the level of error
   * @param candidatesPerPhase how many variants of a phase have to be tried on validation before
   *     the failure of the best of them counts for the phase
   * @param purpose absent for criteria of releases; the versions of both purposes are one sequence,
   *     and the newest of each is in force
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
      @Nullable CriteriaPurpose purpose)
      implements StrategyEvent {}

  /**
   * Criteria that ask less than those in force, and all criteria of refreshes, wait for a second
   * person; {@code criteria.registered} follows an approval.
   *
   * @param version that they become, unless other criteria come in between
   * @param digest of that version of the criteria, bound to the approval
   * @param loosens what they ask less of, or let be done without a person, one sentence each
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
   * @param inputDigest of the volumes, prices and durations that it was computed from, as canonical
   *     JSON
   */
  @EventType("cost-model.computed")
  record CostModelComputed(UUID costModelId, @Nullable String application, Digest inputDigest)
      implements StrategyEvent {}

  /**
   * @param digest what is waived, bound to the approval: digest over application, phase and reason
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
