package io.plumbline.platform.blob;

import io.plumbline.contracts.Digest;
import java.nio.file.Path;

/** Signals that a file does not contain what its digest says: somebody changed it. */
public final class ChangedBlob extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ChangedBlob(Digest digest, Path file) {
    super(
        "The content with the digest %s… was changed: %s has another digest. Report it to the operator."
            .formatted(digest.abbreviated(), file));
  }
}
