package io.plumbline.platform.blob;

import io.plumbline.contracts.Digest;

/** Signals that a file or an object does not contain what its digest says: somebody changed it. */
public final class ChangedBlob extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param place the file, or the object of a bucket, that was changed
   */
  ChangedBlob(Digest digest, String place) {
    super(
        "The content with the digest %s… was changed: %s has another digest. Report it to the operator."
            .formatted(digest.abbreviated(), place));
  }
}
