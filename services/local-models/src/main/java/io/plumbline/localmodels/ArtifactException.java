package io.plumbline.localmodels;

import java.io.IOException;

/**
 * An artifact that is not what it must be. The message continues "The artifact" and contains
 * nothing of its bytes.
 */
public final class ArtifactException extends IOException {

  ArtifactException(String what) {
    super("The artifact " + what);
  }

  ArtifactException(String what, Throwable cause) {
    super("The artifact " + what, cause);
  }
}
