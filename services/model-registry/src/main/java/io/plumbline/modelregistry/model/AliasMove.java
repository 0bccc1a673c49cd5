package io.plumbline.modelregistry.model;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A move of an alias: requested, done or refused.
 *
 * @param digest the artifact of the target version, to which an approval is bound
 * @param author the author of the target version
 */
public record AliasMove(
    UUID aliasMoveId,
    String alias,
    @Nullable Integer from,
    int to,
    Digest digest,
    State state,
    Kind kind,
    String author,
    String requester,
    @Nullable String reason,
    Instant requestedAt,
    @Nullable UUID approvalId,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt) {

  /**
   * The state of a move. It is REQUESTED until it is decided, and VOID when the approval was for
   * another artifact, or came when no verdict supported the version any more.
   */
  public enum State {
    REQUESTED,
    MOVED,
    REJECTED,
    EXPIRED,
    VOID
  }

  /** The way a move was made. */
  public enum Kind {
    /** A move of an unprotected alias. */
    DIRECT,
    /** A move of a protected alias, after a second person's approval. */
    APPROVED,
    /** A move back to a version that the alias pointed at before. */
    ROLLBACK
  }

  /** Returns a move that waits for a decision. */
  static AliasMove requested(
      UUID aliasMoveId,
      Kind kind,
      String alias,
      @Nullable Integer from,
      ModelVersion to,
      String requester,
      @Nullable String reason,
      Instant now) {
    return new AliasMove(
        aliasMoveId,
        alias,
        from,
        to.version(),
        to.lineage().artifactDigest(),
        State.REQUESTED,
        kind,
        to.author(),
        requester,
        reason,
        now,
        null,
        null,
        null);
  }

  /** Returns the move as its requester made it at once. */
  AliasMove madeAtOnce() {
    return withOutcome(State.MOVED, from, null, requester, requestedAt);
  }

  /**
   * Returns the move after a decision.
   *
   * @param proved whether a verdict supports the version at the time of the decision
   * @param current the version that the alias points at then
   */
  AliasMove withDecision(
      ApprovalDecided decision, boolean proved, @Nullable Integer current, Instant now) {
    State decided =
        switch (decision.decision()) {
          case APPROVED ->
              proved && decision.subjectDigest().equals(digest) ? State.MOVED : State.VOID;
          case REJECTED -> State.REJECTED;
          case EXPIRED -> State.EXPIRED;
        };
    return withOutcome(decided, current, decision.approvalId(), decision.decidedBy(), now);
  }

  private AliasMove withOutcome(
      State outcome,
      @Nullable Integer current,
      @Nullable UUID approval,
      String decider,
      Instant at) {
    return new AliasMove(
        aliasMoveId,
        alias,
        current,
        to,
        digest,
        outcome,
        kind,
        author,
        requester,
        reason,
        requestedAt,
        approval,
        decider,
        at);
  }
}
