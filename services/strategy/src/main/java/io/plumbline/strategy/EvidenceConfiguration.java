package io.plumbline.strategy;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.contracts.StrategyEvent.PhaseChanged;
import io.plumbline.contracts.StrategyEvent.WaiverRequested;
import io.plumbline.platform.event.Projection;
import io.plumbline.platform.event.RecordedTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The tables that this service writes together with an event. The verification of the ledger
 * compares their rows with the events.
 */
@Configuration(proxyBeanMethods = false)
class EvidenceConfiguration {

  @Bean
  static RecordedTable<CriteriaRegistered> recordedCriteria() {
    return Projection.of(CriteriaRegistered.class, "criteria")
        .columns("application", "version", "suite_digest", "planned_verdicts")
        .columns("candidates_per_phase")
        .column("digest", "criteriaDigest")
        .column("purpose", "purpose", CriteriaPurpose.RELEASE)
        .json("criteria")
        .recordedHere("application", "version");
  }

  @Bean
  static RecordedTable<PhaseChanged> recordedPhases() {
    return Projection.of(PhaseChanged.class, "phase")
        .columns("application", "phase", "state")
        .column("missing", "missingEvidence")
        .column("verdicts", "verdictIds")
        .column("waiver", "waiverId")
        .aggregateVersion("version")
        .recordedHere("application", "phase")
        .lastEventDecides();
  }

  @Bean
  static RecordedTable<ReleaseChanged> recordedReleases() {
    return Projection.of(ReleaseChanged.class, "release")
        .column("id", "releaseId")
        .columns("application", "environment", "variant_digest", "state", "percent", "reason")
        .aggregateVersion("version")
        .recordedHere("id")
        .lastEventDecides();
  }

  @Bean
  static RecordedTable<WaiverRequested> recordedWaivers() {
    return Projection.of(WaiverRequested.class, "waiver")
        .column("id", "waiverId")
        .columns("application", "phase", "reason", "digest", "requester")
        .recordedHere("id");
  }

  @Bean
  static RecordedTable<WaiverRequested> statesOfWaivers() {
    return Projection.of(WaiverRequested.class, "waiver")
        .column("id", "waiverId")
        .constant("state", "REQUESTED")
        .recordedHere("id")
        .lastEventDecides();
  }

  @Bean
  static RecordedTable<ApprovalDecided> decidedWaivers() {
    return Projection.of(ApprovalDecided.class, "waiver")
        .column("id", "requestId")
        .column("state", "decision")
        .columns("decided_by", "approval_id")
        .when("requestType", "waiver.requested")
        .recordedHere("id")
        .lastEventDecides();
  }
}
