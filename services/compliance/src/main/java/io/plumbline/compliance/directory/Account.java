package io.plumbline.compliance.directory;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The part of an account that names it; nothing else is read.
 *
 * @param service whether it is a service account
 * @param workspace the account's workspace; absent for the platform's own services, and for people
 *     without one
 */
record Account(String username, String name, boolean service, @Nullable UUID workspace) {

  /** The platform's own services work in every workspace, so each may know their names. */
  boolean isKnownIn(UUID other) {
    return workspace == null ? service : workspace.equals(other);
  }
}
