package io.plumbline.strategy.plan;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Decision;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Criteria that ask less than those in force, or are of refreshes, and wait for a second person.
 *
 * @param version that they become once they are approved
 * @param criteriaDigest of that version, to which the approval is bound
 * @param proposed what would be in force
 * @param loosens what they ask less of, or let be done without a person, one sentence each
 */
public record CriteriaProposal(
    UUID proposalId,
    String application,
    int version,
    Digest criteriaDigest,
    ProposedCriteria proposed,
    List<String> loosens,
    String reason,
    String requester,
    Instant requestedAt,
    State state,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable UUID approvalId) {

  /**
   * VOIDED when the approval was for another digest, other criteria came in between, or the
   * proposed ones cannot be registered any more, which is recorded with its reason.
   */
  public enum State {
    REQUESTED,
    APPROVED,
    REJECTED,
    EXPIRED,
    VOIDED
  }

  /**
   * The state after a decision on a pending proposal.
   *
   * @param registrable whether these criteria may become the application's next version now
   */
  State after(Decision decision, Digest decidedDigest, boolean registrable) {
    return switch (decision) {
      case APPROVED ->
          criteriaDigest.equals(decidedDigest) && registrable ? State.APPROVED : State.VOIDED;
      case EXPIRED -> State.EXPIRED;
      case REJECTED -> State.REJECTED;
    };
  }
}
