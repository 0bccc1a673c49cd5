package io.plumbline.compliance.ledger.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.compliance.ledger.LedgerSignals;
import io.plumbline.compliance.ledger.LedgerState;
import io.plumbline.platform.event.EventVerifier;
import io.plumbline.platform.signature.Authenticity;
import io.plumbline.platform.test.EventKeys;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Tests how the ledger treats events, and messages that merely look like one. */
@Tag("servers")
class LedgerListenerTests {

  private static final String DECIDED = "io.plumbline.approval.decided.v1";
  private static final String HEAD = "io.plumbline.head.signed.v1";
  private static final byte[] VALUE = "{}".getBytes(StandardCharsets.UTF_8);

  private final LedgerFixture ledger = new LedgerFixture("listener");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Map<String, Long> offsets = new HashMap<>();
  private final LedgerListener listener =
      new LedgerListener(
          new EventVerifier(LedgerFixture.authors()),
          new LedgerTransactions(
              new JdbcTemplate(ledger.dataSource()),
              new JdbcTransactionManager(ledger.dataSource())),
          Clock.fixed(LedgerFixture.BEGINNING, ZoneOffset.UTC),
          new LedgerState(Clock.systemUTC(), System::nanoTime),
          new LedgerSignals(),
          meters);

  @Test
  void an_event_of_its_owner_is_recorded_as_its_event() {
    receive("plumbline.compliance", EventKeys.sign("compliance", envelope(DECIDED), VALUE));

    assertThat(sources()).containsExactly("compliance");
    assertThat(ledger.verify().output())
        .contains("every other entry was written by the service that it names")
        .doesNotContain("REFUSED");
  }

  @Test
  void what_another_service_wrote_is_recorded_as_refused_with_the_reason_and_counted() {
    Map<String, String> envelope = envelope(DECIDED);
    receive("plumbline.evaluation", EventKeys.sign("evaluation", envelope, VALUE));
    receive("plumbline.compliance", EventKeys.sign("evaluation", envelope, VALUE));
    receive("plumbline.compliance", envelope);
    Map<String, String> altered =
        new LinkedHashMap<>(EventKeys.sign("compliance", envelope, VALUE));
    altered.put("ce_actor", "ben");
    receive("plumbline.compliance", altered);
    ledger.sequence();

    assertThat(sources()).containsOnly("position").hasSize(4);
    assertThat(List.of("misplaced", "unknown-key", "unsigned", "wrong-signature"))
        .allSatisfy(reason -> assertThat(refused(reason)).isEqualTo(1));
    assertThat(ledger.verify())
        .satisfies(verified -> assertThat(verified.exitCode()).isZero())
        .satisfies(verified ->
            assertThat(verified.output())
                .contains(
                    "REFUSED  entry 0 (io.plumbline.approval.decided.v1, o): received"
                        + " 2026-11-25T00:00:00Z and refused as a message of compliance: Topic,"
                        + " source and type do not belong to the same service",
                    "4 entries were refused when they were received")
                .doesNotContain("CHANGED"));
  }

  @Test
  void an_own_kind_of_message_is_only_left_out_when_it_is_genuine() {
    receive("plumbline.compliance", EventKeys.sign("compliance", envelope(HEAD), VALUE));
    receive("plumbline.compliance", envelope(HEAD));

    assertThat(ledger.strings("SELECT reason FROM ledger_skip")).containsExactly("not recorded");
    assertThat(sources()).containsExactly("position");
  }

  @Test
  void what_nobody_signed_is_not_kept_of_an_event() {
    Map<String, String> signed = EventKeys.sign("compliance", envelope(DECIDED), VALUE);
    Map<String, String> more = new LinkedHashMap<>(signed);
    more.put("plumbline_position", "plumbline.strategy/0@0");
    more.put("x-added", "on the way");
    receive("plumbline.compliance", more);
    receive("plumbline.compliance", signed);

    assertThat(sources()).containsExactly("compliance");
    assertThat(ledger.strings("SELECT reason FROM ledger_skip")).containsExactly("repeated");
  }

  @Test
  void a_refused_message_that_is_delivered_again_is_recorded_and_counted_once() {
    ConsumerRecord<byte[], byte[]> forged = message("plumbline.compliance", envelope(DECIDED));
    listener.onMessage(List.of(forged));
    listener.onMessage(List.of(forged));

    assertThat(sources()).containsExactly("position");
    assertThat(refused("unsigned")).isEqualTo(1);
  }

  @Test
  void a_large_refused_message_is_kept_in_part_and_the_ledger_verifies() {
    Map<String, String> large = envelope(DECIDED);
    large.put("x-padding", "p".repeat(200_000));
    listener.onMessage(List.of(message("plumbline.compliance", large)));
    ConsumerRecord<byte[], byte[]> again =
        new ConsumerRecord<>("plumbline.compliance", 0, 0, new byte[0], VALUE);
    large.forEach((name, text) -> again.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    listener.onMessage(List.of(again));
    ledger.sequence();

    assertThat(refused("unsigned")).isEqualTo(1);
    assertThat(ledger.strings("SELECT (octet_length(headers) < 10000)::text FROM ledger_message"))
        .containsExactly("true");
    assertThat(ledger.verify())
        .satisfies(verified -> assertThat(verified.exitCode()).isZero())
        .satisfies(verified ->
            assertThat(verified.output())
                .contains("received 2026-11-25T00:00:00Z and refused")
                .doesNotContain("CHANGED"));
  }

  @Test
  void a_second_message_of_the_same_id_is_no_second_event() {
    Map<String, String> envelope = envelope(DECIDED);
    receive("plumbline.compliance", EventKeys.sign("compliance", envelope, VALUE));
    envelope.put("ce_actor", "ben");
    receive("plumbline.compliance", EventKeys.sign("compliance", envelope, VALUE));
    ledger.sequence();

    assertThat(sources()).containsExactly("compliance", "position");
    assertThat(refused("repeated-id")).isEqualTo(1);
    assertThat(ledger.verify().output())
        .contains("refused as a message of compliance: Another message has its source and id");
  }

  @Test
  void every_reason_is_counted_from_zero_so_that_its_first_message_raises_the_alert() {
    for (Authenticity each : Authenticity.values()) {
      if (each != Authenticity.AUTHENTIC) {
        assertThat(refused(each.tag())).isZero();
      }
    }
    assertThat(refused("repeated-id")).isZero();
  }

  private void receive(String topic, Map<String, String> headers) {
    listener.onMessage(List.of(message(topic, headers)));
  }

  private ConsumerRecord<byte[], byte[]> message(String topic, Map<String, String> headers) {
    ConsumerRecord<byte[], byte[]> message =
        new ConsumerRecord<>(topic, 0, offsets.merge(topic, 1L, Long::sum) - 1, new byte[0], VALUE);
    headers.forEach(
        (name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return message;
  }

  private static Map<String, String> envelope(String type) {
    Map<String, String> envelope = new LinkedHashMap<>();
    envelope.put("ce_id", UUID.randomUUID().toString());
    envelope.put("ce_source", "/compliance");
    envelope.put("ce_type", type);
    envelope.put("ce_subject", "o");
    envelope.put("ce_time", "2026-11-26T18:00:00Z");
    envelope.put("ce_workspace", "0190a000-0000-7000-8000-000000000001");
    envelope.put("ce_actor", "ada");
    envelope.put("ce_aggregateversion", "1");
    return envelope;
  }

  private double refused(String reason) {
    return meters.get("plumbline.ledger.refused").tag("reason", reason).counter().count();
  }

  private List<String> sources() {
    return ledger.strings("SELECT source FROM ledger_message ORDER BY position");
  }
}
