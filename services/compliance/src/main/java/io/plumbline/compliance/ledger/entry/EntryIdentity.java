package io.plumbline.compliance.ledger.entry;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The columns by which an entry is found. They are derived from its headers and from nothing else,
 * so that the verifier can derive them again.
 *
 * @param source the service that the message names, or {@link #BY_POSITION}; unique together with
 *     {@code eventId}
 * @param workspace the workspace that the message names; absent if it names none
 */
public record EntryIdentity(
    String source, String eventId, String type, String subject, @Nullable UUID workspace) {

  /**
   * The name of the header with topic, partition and offset of a message that its own source and id
   * do not identify.
   */
  static final String POSITION = "plumbline_position";

  /** The source of a message that is identified by its position; no service has this name. */
  public static final String BY_POSITION = "position";

  private static final String UNKNOWN = "";
  private static final int MAX_KEY = 200;
  private static final int MAX_TEXT = 500;

  /** Returns whether headers have a source and an id that can be a key. */
  public static boolean hasSourceAndId(List<EntryHeader> headers) {
    Map<String, byte[]> byName = valuesByName(headers);
    return keyText(byName.get("ce_source")) != null && keyText(byName.get("ce_id")) != null;
  }

  /**
   * Derives the identity from headers. A position takes precedence over source and id.
   *
   * @throws IllegalArgumentException if the headers have neither source and id nor a position
   */
  public static EntryIdentity of(List<EntryHeader> headers) {
    Map<String, byte[]> byName = valuesByName(headers);
    String position = keyText(byName.get(POSITION));
    if (position != null) {
      return identity(BY_POSITION, position, byName);
    }
    String source = keyText(byName.get("ce_source"));
    String id = keyText(byName.get("ce_id"));
    if (source == null || id == null) {
      throw new IllegalArgumentException("The message has neither source and id nor a position");
    }
    return identity(source, id, byName);
  }

  private static EntryIdentity identity(String source, String id, Map<String, byte[]> byName) {
    return new EntryIdentity(
        source.startsWith("/") ? source.substring(1) : source,
        id,
        text(byName.get("ce_type")),
        text(byName.get("ce_subject")),
        uuid(byName.get("ce_workspace")));
  }

  private static Map<String, byte[]> valuesByName(List<EntryHeader> headers) {
    Map<String, byte[]> byName = new HashMap<>();
    for (EntryHeader header : headers) {
      byte[] value = header.value();
      if (value != null) {
        byName.put(header.name(), value);
      }
    }
    return byName;
  }

  private static @Nullable String keyText(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length == 0 || bytes.length > MAX_KEY) {
      return null;
    }
    try {
      String key = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return key.indexOf('\0') < 0 ? key : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return UNKNOWN;
    }
    // PostgreSQL cannot store NUL in a text.
    String text = new String(bytes, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    int codePoints = Math.min(MAX_TEXT, text.codePointCount(0, text.length()));
    return text.substring(0, text.offsetByCodePoints(0, codePoints));
  }

  private static @Nullable UUID uuid(byte @Nullable [] bytes) {
    try {
      return bytes == null ? null : UUID.fromString(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
