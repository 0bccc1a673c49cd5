package io.plumbline.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.event.EventReader;
import io.plumbline.platform.event.EventVerifier;
import io.plumbline.platform.signature.EventSigner;
import io.plumbline.platform.signature.TestKeys;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.ConsumerSeekAware.ConsumerSeekCallback;
import tools.jackson.databind.json.JsonMapper;

class HeadListenerTests {

  private static final TopicPartition PARTITION = new TopicPartition(HeadListener.TOPIC, 0);

  private static final EventSigner COMPLIANCE = TestKeys.COMPLIANCE.signer("compliance");

  private final HeadSigner signer = new HeadSigner();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ReceivedHeads heads = signer.receivedHeads(TestLog.GENUINE);
  private final List<HeadSigned> alive = new ArrayList<>();
  private final HeadListener listener =
      new HeadListener(
          new EventVerifier(TestKeys.all()),
          heads,
          alive::add,
          meters,
          new EventReader(JsonMapper.shared()));

  @Test
  void a_signed_head_shows_that_the_ledger_is_alive_though_a_field_was_added_later() {
    HeadSigned head = signer.sign(1);
    String json =
        JsonMapper.shared().writeValueAsString(head).replaceFirst("}$", ",\"addedLater\":true}");

    listener.onMessage(message(0, EventTypes.typeOf(HeadSigned.class), json));

    assertThat(alive).containsExactly(head);
  }

  @Test
  void other_events_of_compliance_do_not() {
    listener.onMessage(message(0, "io.plumbline.policy.published.v1", "not even JSON"));
    listener.onMessage(
        new ConsumerRecord<>(
            HeadListener.TOPIC,
            0,
            0,
            new byte[0],
            "without an envelope".getBytes(StandardCharsets.UTF_8)));

    assertThat(alive).isEmpty();
  }

  @Test
  void a_head_of_somebody_else_is_counted_and_means_nothing() {
    HeadSigned forged = new HeadSigner().sign(9);
    HeadSigned altered =
        new HeadSigned(
            8,
            signer.sign(7).root(),
            signer.sign(7).signedAt(),
            signer.sign(7).signature(),
            signer.sign(7).keyId(),
            null,
            null,
            null);

    receive(0, forged);
    receive(1, altered);
    listener.onMessage(message(2, EventTypes.typeOf(HeadSigned.class), "no JSON"));

    assertThat(alive).isEmpty();
    assertThat(heads.largest()).isEmpty();
    assertThat(rejected("unsigned")).isEqualTo(3);
    assertThat(heads.contradiction()).isEmpty();
  }

  @Test
  void a_genuine_head_that_another_service_sends_again_is_no_sign_of_life() {
    HeadSigned head = signer.sign(9);
    String type = EventTypes.typeOf(HeadSigned.class);
    String value = JsonMapper.shared().writeValueAsString(head);
    assign(Map.of(PARTITION, 1L));

    listener.onMessage(message(0, TestKeys.STRATEGY.signer("strategy"), type, value));
    listener.onMessage(message(1, TestKeys.STRATEGY.signer("strategy"), type, value));

    assertThat(alive).isEmpty();
    assertThat(heads.largest()).isEmpty();
    assertThat(rejected("unsigned")).isEqualTo(2);
  }

  @Test
  void a_smaller_head_signed_later_is_an_alarm_until_the_ledger_is_whole_again() {
    HeadSigned large = signer.sign(50);
    receive(0, large);
    receive(1, signer.after(Duration.ofSeconds(3)).sign(40));

    assertThat(rejected("smaller")).isEqualTo(1);
    assertThat(heads.contradiction())
        .hasValueSatisfying(
            what -> assertThat(what).startsWith("a head over 40 entries was signed"));

    receive(2, signer.after(Duration.ofSeconds(3)).sign(51));
    assertThat(heads.contradiction()).isEmpty();
  }

  @Test
  void another_root_for_the_same_size_is_an_alarm() {
    receive(0, signer.sign(50));
    receive(1, signer.after(Duration.ofSeconds(3)).sign(50, Digest.ofText("another")));

    assertThat(rejected("different")).isEqualTo(1);
    assertThat(heads.contradiction()).isPresent();
  }

  @Test
  void a_longer_fork_is_an_alarm_and_no_sign_of_life() {
    receive(0, signer.sign(50));
    receive(1, signer.after(Duration.ofSeconds(3)).sign(new TestLog(5), 50, 51));

    assertThat(alive).hasSize(1);
    assertThat(rejected("forked")).isEqualTo(1);
    assertThat(heads.contradiction())
        .hasValueSatisfying(what -> assertThat(what).endsWith("does not continue the one over 50"));
  }

  @Test
  void a_head_that_is_delivered_again_is_neither_an_alarm_nor_a_sign_of_life() {
    HeadSigned first = signer.sign(40);
    receive(0, first);
    receive(1, signer.after(Duration.ofSeconds(3)).sign(50));
    receive(2, first);

    assertThat(alive).hasSize(2);
    assertThat(heads.contradiction()).isEmpty();
  }

  @Test
  void a_ledger_whose_clock_was_set_back_goes_on() {
    receive(0, signer.sign(40));
    receive(1, signer.after(Duration.ofHours(-1)).sign(40));
    receive(2, signer.sign(41));

    assertThat(alive).hasSize(3);
    assertThat(heads.contradiction()).isEmpty();
  }

  @Test
  void heads_from_before_the_start_say_how_large_the_ledger_was_and_not_that_it_is_alive() {
    assign(Map.of(PARTITION, 2L, new TopicPartition(HeadListener.TOPIC, 1), 0L));
    assertThat(heads.isCaughtUp()).isFalse();

    receive(0, signer.sign(50));
    receive(1, signer.sign(40));

    assertThat(heads.isCaughtUp()).isTrue();
    assertThat(alive).isEmpty();
    assertThat(heads.contradiction()).isEmpty();

    receive(2, signer.after(Duration.ofSeconds(3)).sign(45));
    assertThat(rejected("smaller")).isEqualTo(1);
  }

  @Test
  void it_begins_some_messages_before_the_end() {
    assertThat(assign(Map.of(PARTITION, 5_000L))).containsExactly(Map.entry(PARTITION, 4_000L));
    assertThat(heads.isCaughtUp()).isFalse();
  }

  @Test
  void an_empty_topic_has_nothing_before_the_start() {
    assign(Map.of(PARTITION, 0L));

    assertThat(heads.isCaughtUp()).isTrue();
  }

  @Test
  void every_reason_is_counted_from_zero_so_that_its_first_event_raises_the_alert() {
    assertThat(
            Stream.of("unsigned", "unproved", "smaller", "different", "forked").map(this::rejected))
        .containsOnly(0.0);
  }

  /** Assigns partitions, and returns the offsets that the listener seeks to. */
  private Map<TopicPartition, Long> assign(Map<TopicPartition, Long> partitions) {
    Map<TopicPartition, Long> sought = new HashMap<>();
    listener.onPartitionsAssigned(
        partitions,
        (ConsumerSeekCallback)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ConsumerSeekCallback.class},
                (proxy, method, arguments) -> {
                  sought.put(
                      new TopicPartition((String) arguments[0], (int) arguments[1]),
                      (long) arguments[2]);
                  return null;
                }));
    return sought;
  }

  private double rejected(String reason) {
    return meters.get("plumbline.ledger.heads.rejected").tag("reason", reason).counter().count();
  }

  private void receive(long offset, HeadSigned head) {
    listener.onMessage(
        message(
            offset,
            EventTypes.typeOf(HeadSigned.class),
            JsonMapper.shared().writeValueAsString(head)));
  }

  private static ConsumerRecord<byte[], byte[]> message(long offset, String type, String value) {
    return message(offset, COMPLIANCE, type, value);
  }

  private static ConsumerRecord<byte[], byte[]> message(
      long offset, EventSigner author, String type, String value) {
    Map<String, String> envelope =
        Map.of(
            "ce_id",
            new UUID(0, offset).toString(),
            "ce_source",
            "/compliance",
            "ce_type",
            type,
            "ce_subject",
            "ledger",
            "ce_time",
            "2026-01-01T00:00:00Z",
            "ce_workspace",
            new UUID(0, 0).toString(),
            "ce_actor",
            "system",
            "ce_aggregateversion",
            "1");
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    ConsumerRecord<byte[], byte[]> message =
        new ConsumerRecord<>(HeadListener.TOPIC, 0, offset, new byte[0], bytes);
    author
        .sign(envelope, bytes)
        .forEach(
            (name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return message;
  }
}
