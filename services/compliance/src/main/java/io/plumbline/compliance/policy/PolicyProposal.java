package io.plumbline.compliance.policy;

import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of a policy that one person proposed. It is activated when a second person confirms it.
 *
 * @param formerVersion the version in force at the proposal, which it would replace; 0 if there was
 *     none
 * @param version the version that it became; absent unless it was activated
 */
record PolicyProposal(
    UUID proposalId,
    String policy,
    String target,
    int formerVersion,
    String source,
    Digest digest,
    String reason,
    String requester,
    Instant requestedAt,
    State state,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String decisionReason,
    @Nullable Integer version) {

  /** The state of a proposal; it is final once it is decided. */
  enum State {
    PROPOSED,
    ACTIVATED,
    REJECTED
  }

  /** The decision of the second person. */
  enum Decision {
    APPROVED,
    REJECTED
  }
}
