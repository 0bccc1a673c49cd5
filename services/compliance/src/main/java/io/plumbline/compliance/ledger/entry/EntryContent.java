package io.plumbline.compliance.ledger.entry;

import io.plumbline.contracts.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one message as the ledger keeps and hashes them. The ledger does not interpret them,
 * so nothing in a message can stop it.
 *
 * <p>The encoding of the headers is their number followed, for each header in a stable order by
 * name, by the length and bytes of its name and of its value. The content digest is SHA-256 over
 * this encoding, the length of the value and the value. Lengths are big-endian, 32 bits in the
 * headers and 64 for the value; -1 means that there is no value. No two messages share an encoding.
 * The fields that Kafka adds (partition, offset, time) are not part of it.
 */
public final class EntryContent {

  private static final int ABSENT = -1;

  private final byte[] headers;
  private final byte @Nullable [] value;

  /** Creates a content from headers that are encoded already. */
  public EntryContent(byte[] headers, byte @Nullable [] value) {
    this.headers = headers;
    this.value = value;
  }

  public static EntryContent of(List<EntryHeader> headers, byte @Nullable [] value) {
    return new EntryContent(encode(headers), value);
  }

  public byte[] headers() {
    return headers;
  }

  public byte @Nullable [] value() {
    return value;
  }

  /** Returns the size of headers and value in bytes. */
  public int size() {
    return headers.length + (value == null ? 0 : value.length);
  }

  public byte[] digest() {
    return digest(Digest.sha256());
  }

  /** Returns the same as {@link #digest()}, computed with a digest that can be reused. */
  public byte[] digest(MessageDigest sha256) {
    sha256.update(headers);
    if (value == null) {
      sha256.update(encodedLength(ABSENT));
      return sha256.digest();
    }
    sha256.update(encodedLength(value.length));
    return sha256.digest(value);
  }

  private static ByteBuffer encodedLength(long length) {
    return ByteBuffer.allocate(Long.BYTES).putLong(length).flip();
  }

  /**
   * Returns the bytes that the leaf at {@code index} is the hash of. They include the index, so
   * that a row that was moved no longer matches its leaf.
   */
  public static byte[] leafInput(long index, byte[] contentDigest) {
    return ByteBuffer.allocate(Long.BYTES + contentDigest.length)
        .putLong(index)
        .put(contentDigest)
        .array();
  }

  /** Returns the same content with one more header. */
  public EntryContent withHeader(EntryHeader header) {
    List<EntryHeader> all = new ArrayList<>(decodeHeaders());
    all.add(header);
    return of(all, value);
  }

  /** Returns the same content without the headers of one name. */
  EntryContent withoutHeaders(String name) {
    return of(
        decodeHeaders().stream().filter(header -> !header.name().equals(name)).toList(), value);
  }

  /**
   * Decodes the headers.
   *
   * @throws IllegalStateException if the stored bytes are not a valid encoding, which means that
   *     somebody changed them
   */
  public List<EntryHeader> decodeHeaders() {
    try {
      ByteBuffer encoded = ByteBuffer.wrap(headers);
      int count = encoded.getInt();
      List<EntryHeader> decoded = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        byte[] name = new byte[encoded.getInt()];
        encoded.get(name);
        int length = encoded.getInt();
        byte @Nullable [] bytes = null;
        if (length != ABSENT) {
          bytes = new byte[length];
          encoded.get(bytes);
        }
        decoded.add(new EntryHeader(new String(name, StandardCharsets.UTF_8), bytes));
      }
      return decoded;
    } catch (RuntimeException e) {
      throw new IllegalStateException("The headers are not encoded as the ledger encodes them", e);
    }
  }

  private static byte[] encode(List<EntryHeader> headers) {
    List<EntryHeader> sorted =
        headers.stream().sorted(Comparator.comparing(EntryHeader::name)).toList();
    int size = Integer.BYTES;
    for (EntryHeader header : sorted) {
      byte[] bytes = header.value();
      size +=
          2 * Integer.BYTES
              + header.name().getBytes(StandardCharsets.UTF_8).length
              + (bytes == null ? 0 : bytes.length);
    }
    ByteBuffer encoded = ByteBuffer.allocate(size).putInt(sorted.size());
    for (EntryHeader header : sorted) {
      byte[] name = header.name().getBytes(StandardCharsets.UTF_8);
      encoded.putInt(name.length).put(name);
      byte[] bytes = header.value();
      if (bytes == null) {
        encoded.putInt(ABSENT);
      } else {
        encoded.putInt(bytes.length).put(bytes);
      }
    }
    return encoded.array();
  }
}
