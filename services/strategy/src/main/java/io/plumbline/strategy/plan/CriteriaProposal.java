package io.plumbline.strategy.plan;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Decision;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A proposal of criteria that need a second person because they are less strict than those in force
 * or have the purpose of refreshes.
 *
 * @param version the version that the criteria become once they are approved
 * @param criteriaDigest the digest of that version, to which the approval is bound
 * @param proposed the criteria that would be in force
 * @param loosens how the proposed criteria are less strict or let a policy decide without a person,
 *     one sentence each
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
   * The state of a proposal. It becomes VOIDED if the approval was for another digest, other
   * criteria were registered in between, or the proposed ones cannot be registered any more, which
   * is recorded with its reason.
   */
  public enum State {
    REQUESTED,
    APPROVED,
    REJECTED,
    EXPIRED,
    VOIDED
  }

  /**
   * Returns the state after a decision on a pending proposal.
   *
   * @param registrable whether these criteria may become the application's next version now
   */
  State stateAfter(Decision decision, Digest decidedDigest, boolean registrable) {
    return switch (decision) {
      case APPROVED ->
          criteriaDigest.equals(decidedDigest) && registrable ? State.APPROVED : State.VOIDED;
      case EXPIRED -> State.EXPIRED;
      case REJECTED -> State.REJECTED;
    };
  }
}
