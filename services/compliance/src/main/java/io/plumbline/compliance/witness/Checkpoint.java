package io.plumbline.compliance.witness;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The three lines of a checkpoint that witnesses read (C2SP {@code tlog-checkpoint}).
 *
 * @param root 32 bytes
 */
record Checkpoint(String origin, long size, byte[] root) {

  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");
  private static final int HASH = 32;

  /**
   * Reads the text of a note.
   *
   * @throws IllegalArgumentException if the text is not a checkpoint
   */
  static Checkpoint parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length < 4 || lines[0].isEmpty()) {
      throw new IllegalArgumentException("A checkpoint must have lines for origin, size and root");
    }
    // The last newline leaves an empty string; no line before it may be empty.
    for (int i = 3; i < lines.length - 1; i++) {
      if (lines[i].isEmpty()) {
        throw new IllegalArgumentException("A checkpoint must have no empty line");
      }
    }
    return new Checkpoint(lines[0], parseSize(lines[1]), parseHash(lines[2]));
  }

  static long parseSize(String text) {
    if (!SIZE.matcher(text).matches()) {
      throw new IllegalArgumentException("A size must be a decimal number without leading zeroes");
    }
    return Long.parseLong(text);
  }

  static byte[] parseHash(String text) {
    byte[] hash = Base64.getDecoder().decode(text);
    if (hash.length != HASH) {
      throw new IllegalArgumentException("A hash must have 32 bytes");
    }
    return hash;
  }
}
