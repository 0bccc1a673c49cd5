package io.plumbline.strategy.plan;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Leave to open a phase without the evidence it needs, asked for with a reason and given by a
 * second person.
 */
public record WaiverView(
    UUID waiverId,
    String application,
    Phase phase,
    String reason,
    Digest digest,
    String requester,
    Instant requestedAt,
    State state,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable UUID approvalId,
    @Nullable String decisionReason) {

  /** VOIDED when the approval was given for another digest. */
  public enum State {
    REQUESTED,
    APPROVED,
    REJECTED,
    EXPIRED,
    VOIDED
  }
}
