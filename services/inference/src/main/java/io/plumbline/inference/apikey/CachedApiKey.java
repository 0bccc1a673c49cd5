package io.plumbline.inference.apikey;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * What decides whether a key opens anything, as it is remembered.
 *
 * @param mac of its secret
 */
record CachedApiKey(
    UUID id,
    UUID workspace,
    String name,
    byte[] mac,
    ApiKeyScope scope,
    Instant expiresAt,
    boolean revoked) {

  /** It may what every viewer may, within its scope; the ledger names it by its id. */
  Caller caller() {
    return new Caller(workspace, KeyActor.of(id), name, Set.of(Role.VIEWER), false);
  }

  /** Never with the MAC. */
  @Override
  public String toString() {
    return "KnownKey[" + id + "]";
  }
}
