package io.plumbline.compliance.witness;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A text with signatures (C2SP {@code signed-note}).
 *
 * @param text the signed text, which ends in a newline
 */
record SignedNote(String text, List<Signature> signatures) {

  /** The maximum number of signatures that are read. */
  static final int MAX_SIGNATURES = 64;

  private static final String DASH = "\u2014 ";

  /**
   * A signature line.
   *
   * @param keyId the first four bytes
   * @param bytes what follows them
   */
  record Signature(String name, int keyId, byte[] bytes) {

    static Signature parse(String line) {
      String[] parts = line.split(" ", -1);
      if (parts.length != 3 || !line.startsWith(DASH) || parts[1].isEmpty()) {
        throw new IllegalArgumentException("A signature line must have the form '— NAME BASE64'");
      }
      byte[] decoded = Base64.getDecoder().decode(parts[2]);
      if (decoded.length < 5) {
        throw new IllegalArgumentException("A signature is too short");
      }
      return new Signature(
          parts[1],
          ByteBuffer.wrap(decoded).getInt(),
          Arrays.copyOfRange(decoded, 4, decoded.length));
    }

    /** Returns the line, which ends in a newline. */
    String line() {
      byte[] all = ByteBuffer.allocate(4 + bytes.length).putInt(keyId).put(bytes).array();
      return DASH + name + " " + Base64.getEncoder().encodeToString(all) + "\n";
    }
  }

  SignedNote {
    signatures = List.copyOf(signatures);
  }

  /**
   * Reads a note.
   *
   * @throws IllegalArgumentException if the text does not have the form of a note
   */
  static SignedNote parse(String note) {
    int end = note.lastIndexOf("\n\n");
    if (end < 0 || !note.endsWith("\n") || note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
      throw new IllegalArgumentException(
          "A signed note needs an empty line between text and signatures");
    }
    String[] lines = note.substring(end + 2).split("\n", -1);
    // The last newline leaves an empty string.
    if (lines.length < 2 || lines.length - 1 > MAX_SIGNATURES) {
      throw new IllegalArgumentException("A note must have 1 to " + MAX_SIGNATURES + " signatures");
    }
    List<Signature> signatures = new ArrayList<>();
    for (int i = 0; i < lines.length - 1; i++) {
      signatures.add(Signature.parse(lines[i]));
    }
    return new SignedNote(note.substring(0, end + 1), signatures);
  }
}
