package io.plumbline.inference.provider;

import io.plumbline.contracts.Digest;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of a provider's connection that may be called at present.
 *
 * @param digest the digest of provider and endpoint, by which a variant over a provider's model
 *     names the version
 * @param storedKey the encrypted API key, which is no part of the version; absent when the endpoint
 *     needs none
 */
public record Connection(
    UUID workspace,
    Digest digest,
    String provider,
    Endpoint endpoint,
    byte @Nullable [] storedKey) {

  /** Returns a text without the key, so that no log contains it. */
  @Override
  public String toString() {
    return "Connection[" + provider + " at " + endpoint.origin() + "]";
  }

  /** Returns whether an API key is stored for the connection. */
  public boolean hasKey() {
    return storedKey != null;
  }

  byte[] encryptedKey() {
    byte[] key = storedKey;
    return key == null ? new byte[0] : Arrays.copyOf(key, key.length);
  }
}
