package io.plumbline.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka protocol binding for CloudEvents 1.0.2, section 3.2. */
class EnvelopeTests {

  private static final EventMetadata METADATA =
      new EventMetadata(
          new UUID(0, 1),
          "io.plumbline.prompt.version-published.v1",
          "prompt-registry",
          "support-triage",
          Instant.parse("2026-01-02T03:04:05Z"),
          new UUID(0, 2),
          "ada",
          7,
          new UUID(0, 3));

  private static final Map<String, String> HEADERS =
      Map.ofEntries(
          Map.entry("ce_specversion", "1.0"),
          Map.entry("ce_id", "00000000-0000-0000-0000-000000000001"),
          Map.entry("ce_source", "/prompt-registry"),
          Map.entry("ce_type", "io.plumbline.prompt.version-published.v1"),
          Map.entry("ce_subject", "support-triage"),
          Map.entry("ce_time", "2026-01-02T03:04:05Z"),
          Map.entry("ce_dataschema", "/schemas/io.plumbline.prompt.version-published.v1.json"),
          Map.entry("ce_workspace", "00000000-0000-0000-0000-000000000002"),
          Map.entry("ce_actor", "ada"),
          Map.entry("ce_aggregateversion", "7"),
          Map.entry("ce_causationid", "00000000-0000-0000-0000-000000000003"),
          Map.entry("ce_traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
          Map.entry("content-type", "application/json"));

  @Test
  void attributes_travel_as_headers() {
    assertThat(
            Envelope.toHeaders(METADATA, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
        .isEqualTo(HEADERS);
    assertThat(Envelope.metadata(HEADERS)).isEqualTo(METADATA);
  }

  @Test
  void what_has_no_cause_and_no_trace_names_none() {
    EventMetadata first =
        new EventMetadata(
            METADATA.id(),
            METADATA.type(),
            METADATA.source(),
            METADATA.subject(),
            METADATA.time(),
            METADATA.workspace(),
            METADATA.actor(),
            1,
            null);

    assertThat(Envelope.toHeaders(first, null))
        .doesNotContainKeys("ce_causationid", "ce_traceparent");
    assertThat(Envelope.metadata(Envelope.toHeaders(first, null))).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ce_id",
        "ce_type",
        "ce_source",
        "ce_subject",
        "ce_time",
        "ce_workspace",
        "ce_actor",
        "ce_aggregateversion"
      })
  void a_missing_attribute_is_named(String attribute) {
    Map<String, String> headers = new HashMap<>(HEADERS);
    headers.remove(attribute);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Envelope.metadata(headers))
        .withMessage("The event has no header " + attribute);
  }

  @ParameterizedTest
  @CsvSource({
    "ce_id, 1",
    "ce_workspace, acme",
    "ce_aggregateversion, seven",
    "ce_time, yesterday",
    "ce_causationid, 1"
  })
  void a_malformed_attribute_is_refused(String attribute, String value) {
    Map<String, String> headers = new HashMap<>(HEADERS);
    headers.put(attribute, value);

    assertThatIllegalArgumentException().isThrownBy(() -> Envelope.metadata(headers));
  }

  @Test
  void headers_of_kafka_are_read_as_utf_8_and_others_ignored() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("ce_actor", "Zoë".getBytes(StandardCharsets.UTF_8));
    headers.add("of-somebody-else", null);

    assertThat(Envelope.readEnvelopeHeaders(headers)).isEqualTo(Map.of("ce_actor", "Zoë"));
  }

  @Test
  void what_two_readers_could_read_differently_is_no_envelope() {
    RecordHeaders twice = new RecordHeaders();
    twice.add("ce_actor", "ada".getBytes(StandardCharsets.UTF_8));
    twice.add("ce_actor", "ben".getBytes(StandardCharsets.UTF_8));
    RecordHeaders many = new RecordHeaders();
    for (int i = 0; i < 33; i++) {
      many.add("ce_" + i, new byte[0]);
    }

    for (Headers headers :
        List.of(
            twice,
            many,
            new RecordHeaders().add("ce_actor", null),
            new RecordHeaders().add("ce_actor", new byte[] {'a', 0}),
            new RecordHeaders().add("ce_actor", new byte[] {(byte) 0xc3}),
            new RecordHeaders().add("ce_actor", new byte[4_097]))) {
      assertThatIllegalArgumentException().isThrownBy(() -> Envelope.readEnvelopeHeaders(headers));
    }
  }
}
