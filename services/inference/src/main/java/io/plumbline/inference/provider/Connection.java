package io.plumbline.inference.provider;

import io.plumbline.contracts.Digest;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of a provider's connection that may be called at present.
 *
 * @param digest of provider and endpoint: a variant over a provider's model names it
 * @param storedKey the encrypted API key, which is no part of the version; absent when the endpoint
 *     needs none
 */
public record Connection(
    UUID workspace,
    Digest digest,
    String provider,
    Endpoint endpoint,
    byte @Nullable [] storedKey) {

  /** Never with the key. */
  @Override
  public String toString() {
    return "Connection[" + provider + " at " + endpoint.origin() + "]";
  }

  /** Returns whether a key is stored for it. */
  public boolean hasKey() {
    return storedKey != null;
  }

  byte[] encryptedKey() {
    byte[] key = storedKey;
    return key == null ? new byte[0] : Arrays.copyOf(key, key.length);
  }
}
