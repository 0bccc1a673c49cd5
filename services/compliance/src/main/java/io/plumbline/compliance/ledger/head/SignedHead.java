package io.plumbline.compliance.ledger.head;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.ledger.HeadSignature;
import java.security.PublicKey;
import java.time.Instant;

/**
 * The root of the whole ledger at one size, signed. A kept head shows later that the ledger still
 * begins with what it was then.
 *
 * @param signature Ed25519 (RFC 8032) over {@link #body}, in Base64
 * @param keyId the first 16 digits of SHA-256 over the public key in X.509 form
 */
public record SignedHead(
    long treeSize, Digest root, Instant signedAt, String signature, String keyId) {

  /** What is signed: a checkpoint as C2SP {@code tlog-checkpoint} forms it. */
  public static byte[] body(long treeSize, Digest root, Instant signedAt) {
    return HeadSignature.body(treeSize, root, signedAt);
  }

  public boolean signedBy(PublicKey key) {
    return HeadSignature.holds(body(treeSize, root, signedAt), signature, key);
  }
}
