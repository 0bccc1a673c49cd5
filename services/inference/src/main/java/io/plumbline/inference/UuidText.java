package io.plumbline.inference;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads UUIDs in their standard form only (RFC 9562, section 4). Java's own parser accepts shorter
 * texts, too.
 */
public final class UuidText {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private UuidText() {}

  /** Returns the UUID; empty for a text of any other form. */
  public static Optional<UUID> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
  }
}
