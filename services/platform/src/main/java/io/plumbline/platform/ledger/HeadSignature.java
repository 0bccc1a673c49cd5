package io.plumbline.platform.ledger;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.signature.Ed25519;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The signature of tree heads: Ed25519 (RFC 8032) over a C2SP {@code tlog-checkpoint}. */
public final class HeadSignature {

  /** The origin of every ledger that began before installations had origins of their own. */
  public static final String FIRST_ORIGIN = "plumbline/ledger";

  /** The number of successions of keys that a head carries at most. */
  public static final int MAX_SUCCESSIONS = 16;

  /** The form of an origin; C2SP {@code signed-note} allows neither spaces nor plus signs. */
  private static final Pattern ORIGIN = Pattern.compile("[!-*,-~]{1,100}");

  private HeadSignature() {}

  /** Returns the origin in an event or a stored head; absent means {@link #FIRST_ORIGIN}. */
  public static String originOrFirst(@Nullable String origin) {
    return origin == null ? FIRST_ORIGIN : origin;
  }

  /**
   * Requires that a text can be an origin.
   *
   * @throws IllegalArgumentException if it is empty, too long, or has spaces or plus signs
   */
  public static String requireOrigin(String origin) {
    if (!ORIGIN.matcher(origin).matches()) {
      throw new IllegalArgumentException(
          "An origin has 1 to 100 printable ASCII characters, without spaces and plus signs");
    }
    return origin;
  }

  /**
   * Returns the signed bytes: a checkpoint with the time as its extension line.
   *
   * @throws IllegalArgumentException if the origin is not one
   */
  public static byte[] checkpointBytes(
      String origin, long treeSize, Digest root, Instant signedAt) {
    String text =
        requireOrigin(origin)
            + "\n"
            + treeSize
            + "\n"
            + Base64.getEncoder().encodeToString(root.bytes())
            + "\n"
            + signedAt
            + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the statement with which a key names the one that replaces it. */
  public static byte[] successionBytes(String origin, String formerKeyId, String publicKey) {
    String text =
        "plumbline/ledger-key-succession\n"
            + requireOrigin(origin)
            + "\n"
            + formerKeyId
            + "\n"
            + publicKey
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
