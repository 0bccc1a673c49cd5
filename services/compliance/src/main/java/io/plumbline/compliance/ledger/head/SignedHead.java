package io.plumbline.compliance.ledger.head;

import io.plumbline.contracts.Digest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/**
 * The root of the whole ledger at one size, signed. A kept head shows later that the ledger still
 * begins with what it was then.
 *
 * @param signature Ed25519 (RFC 8032) over {@link #body}, in Base64
 * @param keyId the first 16 digits of SHA-256 over the public key in X.509 form
 */
public record SignedHead(
    long treeSize, Digest root, Instant signedAt, String signature, String keyId) {

  public static final String ORIGIN = "plumbline/ledger";

  /**
   * What is signed: a checkpoint as C2SP {@code tlog-checkpoint} forms it, with the time as its
   * extension line.
   */
  public static byte[] body(long treeSize, Digest root, Instant signedAt) {
    String text =
        ORIGIN
            + "\n"
            + treeSize
            + "\n"
            + Base64.getEncoder().encodeToString(root.bytes())
            + "\n"
            + signedAt
            + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public boolean signedBy(PublicKey key) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(body(treeSize, root, signedAt));
      return check.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
