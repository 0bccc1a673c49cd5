package io.plumbline.platform.identity;

import java.util.UUID;

/**
 * Who counts as one caller where something is shared out: the same person, however they sign in.
 */
public record CallerId(UUID workspace, String actor) {

  /** All who have not said who they are, together. */
  public static final CallerId NOBODY = new CallerId(Caller.NO_WORKSPACE, "");
}
