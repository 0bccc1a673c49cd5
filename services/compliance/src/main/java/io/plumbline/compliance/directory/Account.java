package io.plumbline.compliance.directory;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What of an account is needed to name it; nothing else of it is read.
 *
 * @param service whether a program signs in with it
 * @param workspace where it belongs; absent for the platform's own services, and for people who
 *     cannot sign in to any
 */
record Account(String username, String name, boolean service, @Nullable UUID workspace) {

  /** The platform's own services work in every workspace, so each may know their names. */
  boolean isKnownIn(UUID other) {
    return workspace == null ? service : workspace.equals(other);
  }
}
