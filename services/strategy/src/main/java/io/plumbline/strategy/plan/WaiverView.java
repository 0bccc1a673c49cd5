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
 * A permission to open a phase without the evidence it needs, requested with a reason and decided
 * by a second person.
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

  /** Returns the digest to which the approval is bound, over application, phase and reason. */
  static Digest digest(String application, Phase phase, String reason) {
    return CanonicalJson.digest(
        Map.of("application", application, "phase", phase, "reason", reason));
  }

  /** Returns the state after a decision on a pending waiver. */
  State stateAfter(Decision decision, Digest decidedDigest) {
    return switch (decision) {
      case APPROVED -> digest.equals(decidedDigest) ? State.APPROVED : State.VOIDED;
      case EXPIRED -> State.EXPIRED;
      case REJECTED -> State.REJECTED;
    };
  }

  /** The state of a waiver; it becomes VOIDED if the approval was given for another digest. */
  public enum State {
    REQUESTED,
    APPROVED,
    REJECTED,
    EXPIRED,
    VOIDED
  }
}
