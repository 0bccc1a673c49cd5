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
 * What an entry is found by, derived from its headers and from nothing else, so that the verifier
 * can derive it again.
 *
 * @param source and {@code eventId} are unique together
 * @param workspace absent when the message names none
 */
public record EntryIdentity(
    String source, String eventId, String type, String subject, @Nullable UUID workspace) {

  /**
   * Carries topic, partition and offset of a message that its own source and id do not identify.
   */
  static final String POSITION = "plumbline_position";

  /** The source of what is identified by where it was received: of no service's event. */
  public static final String BY_POSITION = "position";

  private static final String UNKNOWN = "";
  private static final int MAX_KEY = 200;
  private static final int MAX_TEXT = 500;

  /** Whether source and id are present and usable as a key. */
  public static boolean usable(List<EntryHeader> headers) {
    Map<String, byte[]> byName = index(headers);
    return key(byName.get("ce_source")) != null && key(byName.get("ce_id")) != null;
  }

  /**
   * @throws IllegalArgumentException when neither source and id nor a position are there
   */
  public static EntryIdentity of(List<EntryHeader> headers) {
    Map<String, byte[]> byName = index(headers);
    String position = key(byName.get(POSITION));
    String source = position == null ? key(byName.get("ce_source")) : BY_POSITION;
    String id = position == null ? key(byName.get("ce_id")) : position;
    if (source == null || id == null) {
      throw new IllegalArgumentException("The message has neither source and id nor a position");
    }
    return new EntryIdentity(
        source.startsWith("/") ? source.substring(1) : source,
        id,
        text(byName.get("ce_type")),
        text(byName.get("ce_subject")),
        uuid(byName.get("ce_workspace")));
  }

  private static Map<String, byte[]> index(List<EntryHeader> headers) {
    Map<String, byte[]> byName = new HashMap<>();
    for (EntryHeader header : headers) {
      byte[] value = header.value();
      if (value != null) {
        byName.put(header.name(), value);
      }
    }
    return byName;
  }

  private static @Nullable String key(byte @Nullable [] bytes) {
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
    // PostgreSQL's text holds no NUL.
    String text = new String(bytes, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    return text.length() <= MAX_TEXT
        ? text
        : text.substring(
            0,
            text.offsetByCodePoints(0, Math.min(MAX_TEXT, text.codePointCount(0, text.length()))));
  }

  private static @Nullable UUID uuid(byte @Nullable [] bytes) {
    try {
      return bytes == null ? null : UUID.fromString(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
