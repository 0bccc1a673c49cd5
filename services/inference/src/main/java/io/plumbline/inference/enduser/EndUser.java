package io.plumbline.inference.enduser;

import org.jspecify.annotations.Nullable;

/**
 * The person for whom an application made a call, and the application's session, as a trace keeps
 * them.
 *
 * @param userHash the keyed hash of the call's user; absent where the call named none
 * @param sessionId masked and bounded; absent where the call named none
 */
public record EndUser(@Nullable String userHash, @Nullable String sessionId) {

  public static final EndUser UNKNOWN = new EndUser(null, null);
}
