package io.plumbline.compliance.policy;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A proposed version of a policy as the API shows it. */
record PolicyProposalView(
    UUID proposalId,
    String policy,
    String target,
    int formerVersion,
    String source,
    String digest,
    String reason,
    String requester,
    Instant requestedAt,
    PolicyProposal.State state,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String decisionReason,
    @Nullable Integer version) {

  static PolicyProposalView from(PolicyProposal proposal) {
    return new PolicyProposalView(
        proposal.proposalId(),
        proposal.policy(),
        proposal.target(),
        proposal.formerVersion(),
        proposal.source(),
        proposal.digest().hex(),
        proposal.reason(),
        proposal.requester(),
        proposal.requestedAt(),
        proposal.state(),
        proposal.decidedBy(),
        proposal.decidedAt(),
        proposal.decisionReason(),
        proposal.version());
  }
}
