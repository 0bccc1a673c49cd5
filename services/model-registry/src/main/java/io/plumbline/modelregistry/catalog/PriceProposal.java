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
 * @param formerDigest the digest of the model's name and the prices that these would replace;
 *     absent in proposals from before it was kept, which no longer take effect
 * @param reason why the requester proposed them
 * @param decidedAt when they were decided, which is when approved prices took effect
 */
public record PriceProposal(
    UUID proposalId,
    String model,
    Digest digest,
    @Nullable Digest formerDigest,
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
   * requester, and OUTDATED if the prices that it would replace have changed.
   */
  public enum State {
    REQUESTED,
    APPROVED,
    REJECTED,
    EXPIRED,
    VOIDED,
    OUTDATED,
    WITHDRAWN
  }

  /**
   * Returns a proposal that waits for a second person.
   *
   * @param former the prices in force; absent if there are none
   */
  static PriceProposal requested(
      UUID proposalId,
      String model,
      @Nullable Prices former,
      Prices prices,
      String reason,
      String requester,
      Instant now) {
    return new PriceProposal(
        proposalId,
        model,
        digest(model, prices),
        digest(model, former),
        prices,
        reason,
        requester,
        now,
        State.REQUESTED,
        null,
        null,
        null);
  }

  private static Digest digest(String model, @Nullable Prices prices) {
    if (prices == null) {
      return CanonicalJson.digest(Map.of("model", model));
    }
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

  /** Returns whether the proposal was made about these prices of the model, or about none. */
  boolean replaces(@Nullable Prices inForce) {
    return digest(model, inForce).equals(formerDigest);
  }

  /**
   * Returns the proposal after a decision.
   *
   * @param inForce the prices in force at the decision; absent if there are none
   */
  PriceProposal withDecision(ApprovalDecided decision, @Nullable Prices inForce, Instant now) {
    State decided =
        switch (decision.decision()) {
          case APPROVED -> approvedState(decision, inForce);
          case REJECTED -> State.REJECTED;
          case EXPIRED -> State.EXPIRED;
        };
    return ended(decided, decision.approvalId(), decision.decidedBy(), now);
  }

  private State approvedState(ApprovalDecided decision, @Nullable Prices inForce) {
    if (!decision.subjectDigest().equals(digest) || decision.decidedBy().equals(requester)) {
      return State.VOIDED;
    }
    return replaces(inForce) ? State.APPROVED : State.OUTDATED;
  }

  /** Returns the proposal after the prices that it would replace have changed. */
  PriceProposal outdated(Instant now) {
    return ended(State.OUTDATED, null, null, now);
  }

  /** Returns the proposal after its requester withdrew it. */
  PriceProposal withdrawn(Instant now) {
    return ended(State.WITHDRAWN, null, requester, now);
  }

  private PriceProposal ended(
      State end, @Nullable UUID approval, @Nullable String by, Instant now) {
    return new PriceProposal(
        proposalId,
        model,
        digest,
        formerDigest,
        prices,
        reason,
        requester,
        requestedAt,
        end,
        approval,
        by,
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
