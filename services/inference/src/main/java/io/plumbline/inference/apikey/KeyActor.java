package io.plumbline.inference.apikey;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** What an API key is called where it acts: in traces, in events and in the audit. */
public final class KeyActor {

  private static final String PREFIX = "api-key:";
  private static final Pattern FORM =
      Pattern.compile(PREFIX + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private KeyActor() {}

  static String of(UUID key) {
    return PREFIX + key;
  }

  /** The id of the key that acted; empty when somebody acted with a token. */
  public static Optional<UUID> keyOf(String actor) {
    return FORM.matcher(actor).matches()
        ? Optional.of(UUID.fromString(actor.substring(PREFIX.length())))
        : Optional.empty();
  }
}
