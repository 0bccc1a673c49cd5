package io.plumbline.inference.apikey;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * The cached part of an API key, which decides whether a call is allowed.
 *
 * @param mac the MAC of the key's secret
 */
record CachedApiKey(
    UUID id,
    UUID workspace,
    String name,
    byte[] mac,
    ApiKeyScope scope,
    Instant expiresAt,
    boolean revoked) {

  /**
   * Returns the caller that the key stands for. The caller has the role of a viewer, limited to the
   * scope of the key, and the ledger names the caller by the id of the key.
   */
  Caller caller() {
    return new Caller(workspace, ApiKeyActorName.of(id), name, Set.of(Role.VIEWER), false);
  }

  /** Returns a text without the MAC, so that no log holds it. */
  @Override
  public String toString() {
    return "CachedApiKey[" + id + "]";
  }
}
