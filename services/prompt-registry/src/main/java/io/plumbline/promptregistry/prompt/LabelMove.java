package io.plumbline.promptregistry.prompt;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A move of a label, done or requested. */
public record LabelMove(
    UUID labelMoveId,
    String label,
    @Nullable Integer from,
    int to,
    Digest digest,
    State state,
    String author,
    String requester,
    Instant requestedAt,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable UUID approvalId,
    @Nullable String reason) {

  /** The state of a move; VOIDED when the approval was given for another digest. */
  public enum State {
    REQUESTED,
    MOVED,
    REJECTED,
    EXPIRED,
    VOIDED
  }

  /**
   * Returns the move after a decision about its request. An approval counts only for the digest
   * that was requested.
   */
  LabelMove withDecision(ApprovalDecided decision, Instant at) {
    State outcome =
        switch (decision.decision()) {
          case APPROVED -> digest.equals(decision.subjectDigest()) ? State.MOVED : State.VOIDED;
          case EXPIRED -> State.EXPIRED;
          case REJECTED -> State.REJECTED;
        };
    return new LabelMove(
        labelMoveId,
        label,
        from,
        to,
        digest,
        outcome,
        author,
        requester,
        requestedAt,
        decision.decidedBy(),
        at,
        decision.approvalId(),
        decision.reason());
  }
}
