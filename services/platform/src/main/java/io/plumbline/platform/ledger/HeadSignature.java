package io.plumbline.platform.ledger;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.signature.Ed25519;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;

/** The signature of tree heads: Ed25519 (RFC 8032) over a C2SP {@code tlog-checkpoint}. */
public final class HeadSignature {

  public static final String ORIGIN = "plumbline/ledger";

  private HeadSignature() {}

  /** Returns the signed bytes: a checkpoint with the time as its extension line. */
  public static byte[] checkpointBytes(long treeSize, Digest root, Instant signedAt) {
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

  /**
   * Returns whether a signature belongs to a body and a key.
   *
   * @param signature in Base64
   */
  public static boolean isValid(byte[] body, String signature, PublicKey key) {
    try {
      return Ed25519.verify(key, body, Base64.getDecoder().decode(signature));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Reads a public key.
   *
   * @param text X.509 in Base64
   * @throws IllegalArgumentException when the text is not an Ed25519 public key
   */
  public static PublicKey publicKey(String text) {
    try {
      return Ed25519.publicKey(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Not an Ed25519 public key in X.509 form", e);
    }
  }
}
