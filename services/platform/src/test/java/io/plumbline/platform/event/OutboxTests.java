package io.plumbline.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.ActionDenied;
import io.plumbline.platform.ManualClock;
import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.lifecycle.Wakeup;
import io.plumbline.platform.observability.Traces;
import io.plumbline.platform.signature.Authenticity;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("servers")
class OutboxTests {

  private static final String LONG = "x".repeat(2 << 20);

  private final PlatformDatabase database = new PlatformDatabase();
  private final Outbox outbox =
      new Outbox(
          "strategy",
          database.sql(),
          Samples.JSON,
          new ManualClock(),
          new Wakeup(),
          Traces.none(),
          Samples.STRATEGY);

  @Test
  void an_event_that_could_never_be_published_is_refused_and_says_by_how_much() {
    EventTooLarge refused = refused(LONG);

    assertThat(refused)
        .hasMessageContaining("io.plumbline.action.denied.v1 of denial/1")
        .hasMessageContaining("The limit is 1,024,000")
        .hasMessageContaining("%,d too many".formatted(refused.excess()));
    assertThat(database.count("outbox")).isZero();
  }

  @Test
  void an_event_of_the_largest_size_is_recorded_and_one_of_a_byte_more_is_not() {
    String largest = LONG.substring(refused(LONG).excess());

    append(largest);

    assertThat(database.count("outbox")).isEqualTo(1);
    assertThat(refused(largest + "x").excess()).isEqualTo(1);
  }

  @Test
  void headers_and_the_key_count() {
    String largest = LONG.substring(refused(LONG).excess());

    EventTooLarge refused =
        catchThrowableOfType(EventTooLarge.class, () -> append(largest, "denial/12345"));

    assertThat(refused.excess()).isEqualTo(8);
  }

  @Test
  void the_relays_producer_takes_the_largest_event_whatever_headers_it_has() {
    Map<String, Object> configured =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            "127.0.0.1:1",
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            1_000);
    int most =
        new ProducerConfig(EventAutoConfiguration.producerSettings("strategy", configured))
            .getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    // There are more headers than an envelope has. Their content counts towards the limit, but what
    // Kafka adds to each does not.
    Header[] headers = new Header[64];
    for (int i = 0; i < headers.length; i++) {
      headers[i] = new RecordHeader("", new byte[0]);
    }

    int sent =
        AbstractRecords.estimateSizeInBytesUpperBound(
            RecordBatch.CURRENT_MAGIC_VALUE,
            CompressionType.NONE,
            "denial/1".getBytes(StandardCharsets.UTF_8),
            new byte[Outbox.MAX_BYTES],
            headers);

    assertThat(sent).isLessThan(most - 8 * 1_024);
  }

  @Test
  void an_event_of_a_person_carries_the_roles_of_the_token_in_what_is_signed() {
    Caller person =
        new Caller(Samples.ACME, "ben", "Ben", Set.of(Role.VIEWER, Role.COMPLIANCE_OFFICER), false);
    person.run(() -> appendAsCaller("decide", "denial/1"));

    Map<String, String> headers = recordedHeaders();
    assertThat(headers).containsEntry("ce_roles", "compliance-officer,viewer");
    byte[] value = database.sql().sql("SELECT value FROM outbox").query(byte[].class).single();
    assertThat(verify(headers, value)).isEqualTo(Authenticity.AUTHENTIC);

    headers.put("ce_roles", "approver");
    assertThat(verify(headers, value)).isEqualTo(Authenticity.WRONG_SIGNATURE);
    headers.remove("ce_roles");
    assertThat(verify(headers, value)).isEqualTo(Authenticity.WRONG_SIGNATURE);
  }

  @Test
  void an_event_that_no_person_caused_carries_no_roles() {
    append("decide");

    assertThat(recordedHeaders()).doesNotContainKey("ce_roles");
  }

  private Map<String, String> recordedHeaders() {
    String headers = database.sql().sql("SELECT headers FROM outbox").query(String.class).single();
    Map<String, String> read = new HashMap<>();
    Samples.JSON
        .readTree(headers)
        .properties()
        .forEach(header -> read.put(header.getKey(), header.getValue().asString()));
    return read;
  }

  private static Authenticity verify(Map<String, String> headers, byte[] value) {
    return Samples.VERIFIER.verify("plumbline.strategy", headers, value);
  }

  private EventTooLarge refused(String action) {
    return catchThrowableOfType(EventTooLarge.class, () -> append(action));
  }

  private void append(String action) {
    append(action, "denial/1");
  }

  private void append(String action, String subject) {
    Caller.system(Samples.ACME).run(() -> appendAsCaller(action, subject));
  }

  private void appendAsCaller(String action, String subject) {
    database
        .transaction()
        .executeWithoutResult(status ->
            outbox.append(
                new ActionDenied(action, "/api/releases", 403, "forbidden", List.of()),
                subject,
                1));
  }
}
