package io.plumbline.contracts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Facts told by {@code compliance}. */
@Source("compliance")
public sealed interface ComplianceEvent extends Event {

  /**
   * @param source the policy's CEL text; {@code target} names the gate it holds: {@code
   *     dataset-admission}, {@code release}
   */
  @EventType("policy.activated")
  record PolicyActivated(
      String policy, int version, String target, String source, Digest policyDigest)
      implements ComplianceEvent {}

  /** A signed tree head; every few seconds, even when nothing happened. Not a ledger entry. */
  @EventType("head.signed")
  record HeadSigned(long treeSize, Digest root, Instant signedAt, String signature, String keyId)
      implements ComplianceEvent {}

  /** Tells the source of an event where the ledger holds it. Not a ledger entry. */
  @EventType("receipt.issued")
  record ReceiptIssued(
      String source, UUID eventId, String eventType, String subject, long ledgerIndex)
      implements ComplianceEvent {}

  /**
   * @param requestEventId the event that asked: a label or alias move, a waiver, a release
   * @param requestId the id inside that event: moveId, waiverId or releaseId
   * @param decision APPROVED, REJECTED or EXPIRED
   */
  @EventType("approval.decided")
  record ApprovalDecided(
      UUID approvalId,
      UUID requestEventId,
      String requestType,
      UUID requestId,
      Digest subjectDigest,
      String decision,
      String decidedBy,
      @Nullable String reason)
      implements ComplianceEvent {}

  @EventType("risk.changed")
  record RiskChanged(
      String risk, @Nullable String application, int likelihood, int impact, List<String> evidence)
      implements ComplianceEvent {}

  /**
   * Somebody took audit entries out of the platform.
   *
   * @param filter what was asked for, by the names of the search
   * @param throughIndex the last ledger index that could be part of it
   */
  @EventType("audit.exported")
  record AuditExported(UUID exportId, Map<String, String> filter, long throughIndex)
      implements ComplianceEvent {}
}
