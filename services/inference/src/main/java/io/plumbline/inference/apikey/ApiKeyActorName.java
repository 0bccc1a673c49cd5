package io.plumbline.inference.apikey;

import io.plumbline.inference.UuidText;
import java.util.Optional;
import java.util.UUID;

/** The name of an API key as an actor, in traces, in events and in the audit. */
public final class ApiKeyActorName {

  private static final String PREFIX = "api-key:";

  private ApiKeyActorName() {}

  static String of(UUID key) {
    return PREFIX + key;
  }

  /** Returns the id of the key that acted; empty when somebody acted with a token. */
  public static Optional<UUID> findKeyId(String actor) {
    if (!actor.startsWith(PREFIX)) {
      return Optional.empty();
    }
    return UuidText.parse(actor.substring(PREFIX.length()));
  }
}
