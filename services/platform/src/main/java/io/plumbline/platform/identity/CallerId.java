package io.plumbline.platform.identity;

import java.util.UUID;

/** The identity by which limits are counted: a person is one caller, however they sign in. */
public record CallerId(UUID workspace, String actor) {

  /** The one identity that all anonymous callers share. */
  public static final CallerId NOBODY = new CallerId(Caller.NO_WORKSPACE, "");
}
