package io.plumbline.strategy.plan;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.Decision;
import io.plumbline.platform.digest.CanonicalJson;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Permission to open a phase without the evidence it needs, requested with a reason and approved by
 * a second person.
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

  /** What is approved: exactly this phase of this application for this reason. */
  static Digest digest(String application, Phase phase, String reason) {
    return CanonicalJson.digest(
        Map.of("application", application, "phase", phase, "reason", reason));
  }

  /** The state after a decision on a pending waiver. */
  State after(Decision decision, Digest decidedDigest) {
    return switch (decision) {
      case APPROVED -> digest.equals(decidedDigest) ? State.APPROVED : State.VOIDED;
      case EXPIRED -> State.EXPIRED;
      case REJECTED -> State.REJECTED;
    };
  }

  /** VOIDED when the approval was given for another digest. */
  public enum State {
    REQUESTED,
    APPROVED,
    REJECTED,
    EXPIRED,
    VOIDED
  }
}
