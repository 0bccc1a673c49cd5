package io.plumbline.inference.apikey;

import io.plumbline.inference.UuidText;
import java.util.Optional;
import java.util.UUID;

/** What an API key is called where it acts: in traces, in events and in the audit. */
public final class KeyActor {

  private static final String PREFIX = "api-key:";

  private KeyActor() {}

  static String of(UUID key) {
    return PREFIX + key;
  }

  /** The id of the key that acted; empty when somebody acted with a token. */
  public static Optional<UUID> keyOf(String actor) {
    return actor.startsWith(PREFIX)
        ? UuidText.read(actor.substring(PREFIX.length()))
        : Optional.empty();
  }
}
