package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.ModelRegistryEvent.PriceDecision;
import io.plumbline.platform.digest.CanonicalJson;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Prices of a model that one person proposed. They take effect when a second person approves them.
 *
 * @param digest the digest of the model's name and the prices, to which an approval is bound
 * @param reason why the requester proposed them
 * @param decidedAt when they were decided, which is when approved prices took effect
 */
public record PriceProposal(
    UUID proposalId,
    String model,
    Digest digest,
    Prices prices,
    String reason,
    String requester,
    Instant requestedAt,
    State state,
    @Nullable UUID approvalId,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt) {

  /**
   * The state of a proposal. It becomes VOIDED if the approval was for other prices or by the
   * requester.
   */
  public enum State {
    REQUESTED,
    APPROVED,
    REJECTED,
    EXPIRED,
    VOIDED
  }

  /** Returns a proposal that waits for a second person. */
  static PriceProposal requested(
      UUID proposalId, String model, Prices prices, String reason, String requester, Instant now) {
    return new PriceProposal(
        proposalId,
        model,
        digest(model, prices),
        prices,
        reason,
        requester,
        now,
        State.REQUESTED,
        null,
        null,
        null);
  }

  private static Digest digest(String model, Prices prices) {
    Price cached = prices.cachedInput();
    return CanonicalJson.digest(
        Map.of(
            "model", model,
            "currency", prices.currency(),
            "inputPerMillion", plain(prices.input()),
            "cachedInputPerMillion", plain(cached == null ? prices.input() : cached),
            "outputPerMillion", plain(prices.output())));
  }

  private static String plain(Price price) {
    return price.perMillion().toPlainString();
  }

  /** Returns the proposal after a decision. */
  PriceProposal withDecision(ApprovalDecided decision, Instant now) {
    State decided =
        switch (decision.decision()) {
          case APPROVED ->
              decision.subjectDigest().equals(digest) && !decision.decidedBy().equals(requester)
                  ? State.APPROVED
                  : State.VOIDED;
          case REJECTED -> State.REJECTED;
          case EXPIRED -> State.EXPIRED;
        };
    return new PriceProposal(
        proposalId,
        model,
        digest,
        prices,
        reason,
        requester,
        requestedAt,
        decided,
        decision.approvalId(),
        decision.decidedBy(),
        now);
  }

  /** Returns who decided the prices; absent unless they were approved. */
  @Nullable PriceDecision decision() {
    if (state != State.APPROVED || decidedBy == null || approvalId == null || decidedAt == null) {
      return null;
    }
    return new PriceDecision(proposalId, requester, decidedBy, approvalId, decidedAt);
  }
}
