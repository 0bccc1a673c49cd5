package io.plumbline.compliance.directory;

import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of an account that names it; nothing else is read.
 *
 * @param service whether it is a service account
 * @param workspace the account's workspace; absent for the platform's own services, and for people
 *     without one
 */
record Account(String username, String name, boolean service, @Nullable UUID workspace) {

  /** Returns whether username and name together have every word of a text, whatever the case. */
  boolean hasWordsOf(String text) {
    String names = (username + " " + name).toLowerCase(Locale.ROOT);
    return Stream.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+")).allMatch(names::contains);
  }

  /** The platform's own services work in every workspace, so each may know their names. */
  boolean isKnownIn(UUID other) {
    return workspace == null ? service : workspace.equals(other);
  }
}
