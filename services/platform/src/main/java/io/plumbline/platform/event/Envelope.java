package io.plumbline.platform.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents 1.0 in the binary mode of its Kafka binding: attributes are headers {@code ce_…}, the
 * value is the event alone.
 */
final class Envelope {

  static final String TRACEPARENT = "ce_traceparent";

  private Envelope() {}

  static Map<String, String> headers(EventMetadata event, @Nullable String traceparent) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", event.id().toString());
    headers.put("ce_source", "/" + event.source());
    headers.put("ce_type", event.type());
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
    headers.put("content-type", "application/json");
    return headers;
  }

  static Map<String, String> read(Headers headers) {
    Map<String, String> read = new LinkedHashMap<>();
    for (Header header : headers) {
      if (header.value() != null) {
        read.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return read;
  }

  /**
   * @throws IllegalArgumentException when an attribute is missing or malformed
   */
  static EventMetadata metadata(Map<String, String> headers) {
    String causation = headers.get("ce_causationid");
    return new EventMetadata(
        UUID.fromString(need(headers, "ce_id")),
        need(headers, "ce_type"),
        need(headers, "ce_source").replaceFirst("^/", ""),
        need(headers, "ce_subject"),
        Instant.parse(need(headers, "ce_time")),
        UUID.fromString(need(headers, "ce_workspace")),
        need(headers, "ce_actor"),
        Long.parseLong(need(headers, "ce_aggregateversion")),
        causation == null ? null : UUID.fromString(causation));
  }

  private static String need(Map<String, String> headers, String name) {
    String value = headers.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The event has no header " + name);
    }
    return value;
  }
}
