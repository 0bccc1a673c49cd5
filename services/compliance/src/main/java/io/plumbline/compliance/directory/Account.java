package io.plumbline.compliance.directory;

import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of an account that names it; nothing else is read.
 *
 * @param service whether the account belongs to a service
 * @param workspace the account's workspace; absent for the platform's own services and for people
 *     without a workspace
 */
record Account(String username, String name, boolean service, @Nullable UUID workspace) {

  /**
   * Returns whether username or name contains each word of a text, also as a part of a longer word,
   * whatever the case.
   */
  boolean containsWordsOf(String text) {
    String names = (username + " " + name).toLowerCase(Locale.ROOT);
    return Stream.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+")).allMatch(names::contains);
  }

  /**
   * Returns whether a workspace may see the name. The platform's own services work in every
   * workspace, so each may see theirs.
   */
  boolean isVisibleIn(UUID other) {
    if (workspace == null) {
      return service;
    }
    return workspace.equals(other);
  }
}
