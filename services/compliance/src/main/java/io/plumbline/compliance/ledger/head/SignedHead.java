package io.plumbline.compliance.ledger.head;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.ledger.HeadSignature;
import java.security.PublicKey;
import java.time.Instant;

/**
 * The signed root of the whole ledger at one size. A head that somebody kept can prove later
 * whether the ledger still begins with the same entries.
 *
 * @param signature Ed25519 (RFC 8032) over {@link #checkpointBytes}, in Base64
 * @param keyId the first 16 digits of SHA-256 over the public key in X.509 form
 * @param origin the name of the log in the checkpoint
 */
public record SignedHead(
    long treeSize, Digest root, Instant signedAt, String signature, String keyId, String origin) {

  public SignedHead {
    // JSON of earlier versions leaves the component null.
    origin = HeadSignature.originOrFirst(origin);
  }

  /** Returns the signed bytes: a checkpoint in the form of C2SP {@code tlog-checkpoint}. */
  public byte[] checkpointBytes() {
    return HeadSignature.checkpointBytes(origin, treeSize, root, signedAt);
  }

  public boolean isSignedBy(PublicKey key) {
    try {
      return HeadSignature.isValid(checkpointBytes(), signature, key);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
