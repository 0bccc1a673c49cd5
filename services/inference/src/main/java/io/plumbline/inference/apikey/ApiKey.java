package io.plumbline.inference.apikey;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key with which an application calls the OpenAI API, without its secret.
 *
 * @param lastUsedAt the last use, to the minute; absent until the key is used
 * @param revocation absent until the key is revoked
 */
record ApiKey(
    UUID id,
    String name,
    ApiKeyScope scope,
    String createdBy,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable Revocation revocation) {

  record Revocation(Instant at, String by, String reason) {}

  enum State {
    ACTIVE,
    EXPIRED,
    REVOKED
  }

  State state(Instant now) {
    if (revocation != null) {
      return State.REVOKED;
    }
    return now.isBefore(expiresAt) ? State.ACTIVE : State.EXPIRED;
  }
}
