package io.plumbline.modelregistry.model;

import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A move of an alias: asked for, done, or refused.
 *
 * @param digest the artifact of the target version, to which an approval is bound
 * @param author of the target version
 */
public record AliasMove(
    UUID id,
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

  /** REQUESTED until somebody has decided; VOID when the approval was for something else. */
  public enum State {
    REQUESTED,
    MOVED,
    REJECTED,
    EXPIRED,
    VOID
  }

  /** How a move came about. */
  public enum Kind {
    /** Of an alias that anybody with the role may move. */
    DIRECT,
    /** Of a protected alias, after a second person's approval. */
    APPROVED,
    /** Of a protected alias, back to where it was before. */
    ROLLBACK
  }
}
