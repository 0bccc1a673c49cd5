package io.plumbline.inference.provider;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An OpenAI-compatible endpoint.
 *
 * @param baseUrl up to and without {@code /chat/completions}
 * @param sealedKey the api key, encrypted; absent when the endpoint needs none
 * @param models what it is known to serve, for listing; others may be called too
 */
// An array on purpose: it goes as it is between the database and the cipher; equality is asked nowhere.
@SuppressWarnings("ArrayRecordComponent")
public record Provider(
    String name, URI baseUrl, byte @Nullable [] sealedKey, List<String> models, String createdBy, Instant createdAt) {

  /** Never with the key. */
  @Override
  public String toString() {
    return "Provider[" + name + " at " + baseUrl + "]";
  }

  boolean hasKey() {
    return sealedKey != null;
  }


  byte[] key() {
    byte[] key = sealedKey;
    return key == null ? new byte[0] : Arrays.copyOf(key, key.length);
  }
}
