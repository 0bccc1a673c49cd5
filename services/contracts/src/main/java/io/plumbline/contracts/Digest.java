package io.plumbline.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 digest (FIPS 180-4), written as 64 lower-case hexadecimal digits. */
public record Digest(@JsonValue String hex) implements Comparable<Digest> {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Digest {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("A digest is 64 lower-case hexadecimal digits");
    }
  }

  public static Digest of(byte[] content) {
    return ofRaw(sha256().digest(content));
  }

  /**
   * Not an {@code of}: where no converter is registered, Spring would take that to convert a text,
   * and hash the digest that is written there.
   */
  public static Digest ofText(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Wraps the 32 bytes that a SHA-256 computation gave. */
  public static Digest ofRaw(byte[] sha256) {
    return new Digest(HexFormat.of().formatHex(sha256));
  }

  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /** The first twelve digits: enough to distinguish two on a screen, never to look one up. */
  public String abbreviated() {
    return hex.substring(0, 12);
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
