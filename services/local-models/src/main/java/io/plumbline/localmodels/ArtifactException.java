package io.plumbline.localmodels;

import java.io.IOException;

/**
 * An artifact is not what it must be; the message goes on after "The artifact" and holds nothing of
 * its bytes.
 */
public final class ArtifactException extends IOException {

  ArtifactException(String what) {
    super("The artifact " + what);
  }

  ArtifactException(String what, Throwable cause) {
    super("The artifact " + what, cause);
  }
}
