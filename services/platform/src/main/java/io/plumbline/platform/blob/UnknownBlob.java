package io.plumbline.platform.blob;

import io.plumbline.contracts.Digest;

/** There is no content of this digest in the caller's workspace. */
public final class UnknownBlob extends RuntimeException {

  UnknownBlob(Digest digest) {
    super("No content " + digest.abbreviated() + "… in this workspace");
  }
}
