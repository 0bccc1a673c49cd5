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
 * @param id of this connection; a provider of the same name that is created later has another
 * @param baseUrl the part before {@code /chat/completions}
 * @param storedKey the encrypted API key; absent when the endpoint needs none
 * @param models the models to list; others may be called too
 */
public record Provider(
    UUID id,
    String name,
    URI baseUrl,
    byte @Nullable [] storedKey,
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
    return storedKey != null;
  }

  /** Scheme, host and port: the part of the address that events may contain. */
  static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  byte[] encryptedKey() {
    byte[] key = storedKey;
    return key == null ? new byte[0] : Arrays.copyOf(key, key.length);
  }
}
