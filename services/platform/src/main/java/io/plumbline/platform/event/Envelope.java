package io.plumbline.platform.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads CloudEvents 1.0 in the binary mode of its Kafka binding: attributes are headers
 * {@code ce_…}, and the value is the event alone.
 */
final class Envelope {

  static final String TYPE = "ce_type";
  static final String SOURCE = "ce_source";
  static final String TRACEPARENT = "ce_traceparent";

  /**
   * The roles in the token of the person who acted, by the names of the realm, separated by commas.
   * Events that no person caused do not have it, and neither do those of earlier versions.
   */
  static final String ROLES = "ce_roles";

  private static final String ATTRIBUTE = "ce_";
  private static final String CONTENT_TYPE = "content-type";
  private static final int MAX_HEADERS = 32;
  private static final int MAX_LENGTH = 4_096;

  private Envelope() {}

  /** Returns the type that a message names, or an empty text if it names none. */
  static String typeOf(ConsumerRecord<?, ?> message) {
    Header type = message.headers().lastHeader(TYPE);
    if (type == null || type.value() == null) {
      return "";
    }
    return new String(type.value(), StandardCharsets.UTF_8);
  }

  static Map<String, String> toHeaders(EventMetadata event, @Nullable String traceparent) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", event.id().toString());
    headers.put(SOURCE, "/" + event.source());
    headers.put(TYPE, event.type());
    headers.put("ce_subject", event.subject());
    headers.put("ce_time", event.time().toString());
    headers.put("ce_dataschema", "/schemas/" + event.type() + ".json");
    headers.put("ce_workspace", event.workspace().toString());
    headers.put("ce_actor", event.actor());
    headers.put("ce_aggregateversion", Long.toString(event.aggregateVersion()));
    if (event.causationId() != null) {
      headers.put("ce_causationid", event.causationId().toString());
    }
    if (traceparent != null) {
      headers.put(TRACEPARENT, traceparent);
    }
    headers.put(CONTENT_TYPE, "application/json");
    return headers;
  }

  /**
   * Returns the headers that make up the envelope; all others belong to somebody else and are
   * ignored.
   *
   * @throws IllegalArgumentException when a header is repeated, empty, too long or not a text that
   *     can be stored. A header that two readers could read differently cannot be covered by a
   *     signature
   */
  static Map<String, String> readEnvelopeHeaders(Iterable<Header> headers) {
    Map<String, String> read = new LinkedHashMap<>();
    for (Header header : headers) {
      String name = header.key();
      if (!isEnvelopeHeader(name)) {
        continue;
      }
      if (read.put(name, textOf(header.value())) != null || read.size() > MAX_HEADERS) {
        throw new IllegalArgumentException(
            "The event repeats a header or has more than " + MAX_HEADERS + " headers");
      }
    }
    return read;
  }

  /** Returns whether a header belongs to the envelope. */
  static boolean isEnvelopeHeader(String header) {
    return header.startsWith(ATTRIBUTE) || header.equals(CONTENT_TYPE);
  }

  private static String textOf(byte @Nullable [] value) {
    if (value == null || value.length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "The event has a header without a value or with more than " + MAX_LENGTH + " bytes");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      if (text.indexOf('\0') < 0) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // The refusal follows below.
    }
    throw new IllegalArgumentException("The event has a header that is not text");
  }

  /**
   * Reads the metadata of an event from its envelope.
   *
   * @throws IllegalArgumentException when an attribute is missing or malformed
   */
  static EventMetadata metadata(Map<String, String> headers) {
    String causation = headers.get("ce_causationid");
    return new EventMetadata(
        UUID.fromString(required(headers, "ce_id")),
        required(headers, TYPE),
        required(headers, SOURCE).replaceFirst("^/", ""),
        required(headers, "ce_subject"),
        parseTime(required(headers, "ce_time")),
        UUID.fromString(required(headers, "ce_workspace")),
        required(headers, "ce_actor"),
        Long.parseLong(required(headers, "ce_aggregateversion")),
        causation == null ? null : UUID.fromString(causation));
  }

  private static Instant parseTime(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("The event's ce_time is not an instant", e);
    }
  }

  private static String required(Map<String, String> headers, String name) {
    String value = headers.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The event has no header " + name);
    }
    return value;
  }
}
