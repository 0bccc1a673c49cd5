package io.plumbline.compliance.witness;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.signature.Ed25519;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A named Ed25519 key of a log or of a witness (C2SP {@code signed-note} and {@code
 * tlog-cosignature}).
 */
public record NoteKey(String name, Type type, PublicKey key) {

  /** The kinds of signatures, each with its identifier byte. */
  public enum Type {
    /** A signature of the text itself, as logs make them. */
    LOG((byte) 0x01),
    /** A signature of the text and a time, as witnesses make them. */
    WITNESS((byte) 0x04);

    private final byte identifier;

    Type(byte identifier) {
      this.identifier = identifier;
    }
  }

  /** The beginning of every Ed25519 key in X.509 form (RFC 8410), before its 32 bytes. */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int RAW = 32;
  private static final int TIME = 8;

  public NoteKey {
    if (!name.matches("[!-*,-~]{1,255}")) {
      throw new IllegalArgumentException("The name of a key must have no spaces and no plus signs");
    }
  }

  /**
   * Reads a key of a note: {@code <name>+<id>+<type and key in Base64>}.
   *
   * @throws IllegalArgumentException if it is not one of the known types, or its id does not fit
   */
  public static NoteKey parse(String text) {
    String[] parts = text.strip().split("\\+", 3);
    byte[] material = parts.length == 3 ? Base64.getDecoder().decode(parts[2]) : new byte[0];
    if (material.length != 1 + RAW) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an Ed25519 key NAME+ID+KEY of C2SP signed-note");
    }
    Type type =
        Arrays.stream(Type.values())
            .filter(each -> each.identifier == material[0])
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "'" + text + "' must be the key of a log (type 1) or of a witness (type 4)"));
    byte[] encoded = ByteBuffer.allocate(X509.length + RAW).put(X509).put(material, 1, RAW).array();
    NoteKey key =
        new NoteKey(parts[0], type, Ed25519.publicKey(Base64.getEncoder().encodeToString(encoded)));
    if (!parts[1].equals(HexFormat.of().toHexDigits(key.id()))) {
      throw new IllegalArgumentException(
          "The id in '" + text + "' does not fit its key; copy the whole line");
    }
    return key;
  }

  /** Returns the text that {@link #parse} reads. */
  public String text() {
    return name
        + "+"
        + HexFormat.of().toHexDigits(id())
        + "+"
        + Base64.getEncoder().encodeToString(material());
  }

  /** Returns the id by which signature lines name this key. */
  int id() {
    byte[] named = (name + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] material = material();
    byte[] all =
        ByteBuffer.allocate(named.length + material.length).put(named).put(material).array();
    return ByteBuffer.wrap(Digest.of(all).bytes()).getInt();
  }

  private byte[] material() {
    return ByteBuffer.allocate(1 + RAW)
        .put(type.identifier)
        .put(key.getEncoded(), X509.length, RAW)
        .array();
  }

  /** Returns whether a signature line names this key. */
  boolean isNamedBy(SignedNote.Signature line) {
    return line.name().equals(name) && line.keyId() == id();
  }

  /** Returns whether a signature of a text was made with this key. */
  boolean verifies(String text, SignedNote.Signature line) {
    return switch (type) {
      case LOG -> Ed25519.verify(key, text.getBytes(StandardCharsets.UTF_8), line.bytes());
      case WITNESS -> {
        if (line.bytes().length <= TIME) {
          yield false;
        }
        long time = ByteBuffer.wrap(line.bytes()).getLong();
        yield time > 0
            && Ed25519.verify(
                key,
                cosigned(text, time),
                Arrays.copyOfRange(line.bytes(), TIME, line.bytes().length));
      }
    };
  }

  /** Makes the cosignature of a checkpoint at a time, in seconds since the epoch. */
  SignedNote.Signature cosign(String text, long time, PrivateKey secret) {
    byte[] signature = Ed25519.sign(secret, cosigned(text, time));
    return new SignedNote.Signature(
        name,
        id(),
        ByteBuffer.allocate(TIME + signature.length).putLong(time).put(signature).array());
  }

  private static byte[] cosigned(String text, long time) {
    return ("cosignature/v1\ntime " + time + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }
}
