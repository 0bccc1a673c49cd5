package io.plumbline.promptregistry.prompt;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A move of a label of a prompt to a version. A label that is not protected moves at once. For a
 * protected label this is a request, which a decision of compliance ends.
 *
 * @param from the version that the label pointed at when the move was requested; absent for a new
 *     label
 * @param to the version that the label is to point at
 * @param digest the digest of the content of version {@code to}
 * @param author the author of version {@code to}
 * @param requester the caller who moved the label or requested the move
 * @param decidedBy the person who decided, or {@code system} for an expired request; absent, like
 *     the other details of the decision, while the request is open and for a label that moved at
 *     once
 */
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

  /**
   * The state of a move. MOVED is a move that is done, at once or after approval. VOIDED is a
   * request that was approved with another digest than the requested one.
   */
  public enum State {
    REQUESTED,
    MOVED,
    REJECTED,
    EXPIRED,
    VOIDED
  }

  /**
   * Returns the move after the decision about its request. An approval counts only for the digest
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
