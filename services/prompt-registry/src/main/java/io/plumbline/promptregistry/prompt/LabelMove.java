package io.plumbline.promptregistry.prompt;

import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A move of a label, done or asked for. */
public record LabelMove(
    UUID moveId,
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

  /** Where a move stands; VOIDED when the approval was given for another digest. */
  public enum State {
    REQUESTED,
    MOVED,
    REJECTED,
    EXPIRED,
    VOIDED
  }

  LabelMove decided(State outcome, String by, Instant at, UUID approval, @Nullable String why) {
    return new LabelMove(
        moveId,
        label,
        from,
        to,
        digest,
        outcome,
        author,
        requester,
        requestedAt,
        by,
        at,
        approval,
        why);
  }
}
