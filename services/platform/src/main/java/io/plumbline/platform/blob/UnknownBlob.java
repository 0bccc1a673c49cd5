package io.plumbline.platform.blob;

import io.plumbline.contracts.Digest;

/** Signals that the caller's workspace has no content with a digest. */
public final class UnknownBlob extends RuntimeException {

  UnknownBlob(Digest digest) {
    super("The workspace has no content with the digest " + digest.abbreviated() + "…");
  }
}
