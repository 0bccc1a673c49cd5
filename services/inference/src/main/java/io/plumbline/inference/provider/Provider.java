package io.plumbline.inference.provider;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An OpenAI-compatible endpoint.
 *
 * @param id of this connection; connecting the same name again makes another
 * @param baseUrl up to and without {@code /chat/completions}
 * @param sealedKey the api key, encrypted; absent when the endpoint needs none
 * @param models what it is known to serve, for listing; others may be called too
 */
// An array on purpose: it goes as it is between the database and the cipher; equality is asked
// nowhere.
@SuppressWarnings("ArrayRecordComponent")
public record Provider(
    UUID id,
    String name,
    URI baseUrl,
    byte @Nullable [] sealedKey,
    List<String> models,
    String createdBy,
    Instant createdAt) {

  static final String KIND = "openai-compatible";

  /** Never with the key. */
  @Override
  public String toString() {
    return "Provider[" + name + " at " + baseUrl + "]";
  }

  boolean hasKey() {
    return sealedKey != null;
  }

  /** Scheme, host and port: what may be told of the address. */
  static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  byte[] key() {
    byte[] key = sealedKey;
    return key == null ? new byte[0] : Arrays.copyOf(key, key.length);
  }
}
