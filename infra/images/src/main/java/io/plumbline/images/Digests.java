package io.plumbline.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests as registries write them: {@code sha256:} and 64 hexadecimal digits. */
final class Digests {

  static final String PREFIX = "sha256:";

  private Digests() {}

  static String of(byte[] content) {
    return PREFIX + HexFormat.of().formatHex(sha256().digest(content));
  }

  static String of(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return PREFIX + HexFormat.of().formatHex(digest.digest());
  }

  /** Returns the hexadecimal digits alone. */
  static String hex(String digest) {
    return digest.substring(PREFIX.length());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
