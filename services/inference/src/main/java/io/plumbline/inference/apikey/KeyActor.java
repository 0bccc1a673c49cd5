package io.plumbline.inference.apikey;

import io.plumbline.inference.UuidText;
import java.util.Optional;
import java.util.UUID;

/** The name of an API key as an actor, in traces, in events and in the audit. */
public final class KeyActor {

  private static final String PREFIX = "api-key:";

  private KeyActor() {}

  static String of(UUID key) {
    return PREFIX + key;
  }

  /** Returns the id of the key that acted; empty when somebody acted with a token. */
  public static Optional<UUID> keyOf(String actor) {
    if (!actor.startsWith(PREFIX)) {
      return Optional.empty();
    }
    return UuidText.parse(actor.substring(PREFIX.length()));
  }
}
