package io.plumbline.compliance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.compliance.ledger.entry.EntryHeader;
import io.plumbline.compliance.ledger.entry.KafkaPosition;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.compliance.ledger.entry.Refusal;
import io.plumbline.compliance.ledger.sequencer.BatchSequencer;
import io.plumbline.compliance.ledger.sequencer.TopicRecreated;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that every message is recorded once, however often it is delivered and at whatever point
 * the process dies.
 */
@Tag("servers")
class MessageRecorderTests {

  private static final Refusal MALFORMED = new Refusal("malformed", LedgerFixture.BEGINNING);

  private final LedgerFixture ledger = new LedgerFixture("intake");

  @Test
  void a_message_delivered_again_is_recorded_once() {
    LedgerMessage message = LedgerFixture.message(1);
    int first = ledger.record(message, message);
    int pending = ledger.record(message);
    ledger.sequence();
    int appended = ledger.record(message, LedgerFixture.message(2));
    drain();

    assertThat(List.of(first, pending, appended)).containsExactly(1, 0, 1);
    assertThat(subjects()).containsExactly("prompt-1", "prompt-2");
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void another_content_under_a_known_id_is_kept_beside_it() {
    LedgerMessage known = LedgerFixture.message("same", "a", "{}");
    LedgerMessage twin = LedgerFixture.message("same", "a", "{\"other\":1}");
    ledger.record(known);
    ledger.record(twin);
    ledger.sequence();
    ledger.record(LedgerFixture.message("same", "a", "{\"other\":2}"));
    ledger.record(twin);
    drain();
    ledger.record(known);
    ledger.record(twin);
    ledger.sequence();
    ledger.record(twin);
    drain();

    assertThat(
            ledger.strings(
                "SELECT source FROM ledger_entry JOIN ledger_message USING (position) ORDER BY"
                    + " idx"))
        .containsExactly("prompt-registry", "position", "position");
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_message_that_no_service_of_ours_would_send_is_recorded_all_the_same() {
    byte[] broken = {(byte) 0xff, 0, (byte) 0xfe};
    ledger.record(
        refused(List.of(), null, 0),
        refused(
            List.of(new EntryHeader("ce_id", broken), new EntryHeader("ce_source", null)),
            broken,
            1),
        refused(
            List.of(
                LedgerFixture.header("ce_id", "1"),
                LedgerFixture.header("ce_source", "/x"),
                new EntryHeader("ce_type", broken),
                LedgerFixture.header("ce_subject", "s".repeat(5_000)),
                LedgerFixture.header("ce_workspace", "none")),
            new byte[0],
            2));
    ledger.sequence();

    assertThat(
            ledger.strings(
                "SELECT event_id FROM ledger_entry JOIN ledger_message USING (position) ORDER BY"
                    + " idx"))
        .containsExactly(
            "plumbline.training/0@0", "plumbline.training/0@1", "plumbline.training/0@2");
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void nothing_is_lost_or_doubled_when_the_process_dies_between_any_two_steps() {
    Random random = new Random(20_261_125);
    int messages = 400;
    int delivered = 0;
    while (delivered < messages) {
      int from = delivered;
      int to = Math.min(messages, from + 1 + random.nextInt(40));
      LedgerMessage[] batch =
          IntStream.range(from, to).mapToObj(LedgerFixture::message).toArray(LedgerMessage[]::new);
      switch (random.nextInt(4)) {
        // The process dies before the commit: the rows are lost, and Kafka delivers again.
        case 0 ->
            die(connection -> LedgerFixture.recorder(connection).record(List.of(batch), List.of()));
        // The process dies after the commit and before it commits the offsets: Kafka delivers
        // again.
        case 1 -> ledger.record(batch);
        default -> {
          ledger.record(batch);
          delivered = to;
        }
      }
      if (random.nextBoolean()) {
        ledger.sequence();
      }
    }
    drain();

    assertThat(subjects())
        .isEqualTo(IntStream.range(0, messages).mapToObj(number -> "prompt-" + number).toList());
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void an_event_sent_again_to_another_offset_is_skipped_and_leaves_no_gap() {
    LedgerMessage sent = LedgerFixture.message(1);
    LedgerMessage again =
        LedgerMessage.ofEvent(
            sent.content().decodeHeaders(),
            sent.content().value(),
            new KafkaPosition(sent.position().topic(), 0, 1));
    ledger.record(sent);
    ledger.record(again);
    ledger.record(again);
    drain();

    assertThat(ledger.strings("SELECT reason FROM ledger_skip")).containsExactly("repeated");
    assertThat(ledger.strings("SELECT idx FROM ledger_entry")).containsExactly("0");
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_skipped_message_is_no_later_entry_while_an_earlier_message_waits() {
    LedgerMessage waits = LedgerFixture.message(1);
    KafkaPosition first = waits.position();
    ledger.record(waits);
    ledger.skip(new KafkaPosition(first.topic(), first.partition(), first.offset() + 1));

    assertThat(ledger.verify().output()).doesNotContain("never appended");
  }

  @Test
  void what_is_skipped_is_noted_once_however_the_delivery_is_cut() {
    KafkaPosition[] offsets =
        IntStream.range(0, 6)
            .mapToObj(offset -> new KafkaPosition("plumbline.inference", 0, offset))
            .toArray(KafkaPosition[]::new);
    ledger.skip(offsets[0], offsets[1], offsets[2]);
    ledger.skip(offsets[0], offsets[1], offsets[2], offsets[3], offsets[4]);
    ledger.skip(offsets[2], offsets[3]);
    ledger.skip(offsets[5]);

    assertThat(
            ledger.strings(
                "SELECT position % 1024 || ' to ' || through % 1024 FROM ledger_skip ORDER BY"
                    + " position"))
        .containsExactly("0 to 2", "3 to 4", "5 to 5");
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_topic_that_was_created_anew_overwrites_nothing() {
    LedgerMessage before = LedgerFixture.message(1);
    LedgerMessage other = LedgerFixture.message(2);
    LedgerMessage after =
        LedgerMessage.ofEvent(
            other.content().decodeHeaders(), other.content().value(), before.position());
    ledger.record(before);

    assertThatThrownBy(() -> ledger.record(after)).isInstanceOf(TopicRecreated.class);
    ledger.inTransaction(connection -> {
      LedgerFixture.recorder(connection).renumberPartition(before.position());
      return true;
    });
    ledger.record(after);
    drain();

    assertThat(subjects()).containsExactly("prompt-1", "prompt-2");
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_message_that_claims_the_position_of_another_takes_it_from_nobody() {
    LedgerMessage known = LedgerFixture.message("same", "a", "{}");
    LedgerMessage twin = LedgerFixture.message("same", "a", "{\"other\":1}");
    ledger.record(
        LedgerMessage.ofRefused(
            List.of(LedgerFixture.header("plumbline_position", twin.position() + "#0.0")),
            null,
            new KafkaPosition("plumbline.training", 0, 0),
            MALFORMED));
    ledger.record(known);
    ledger.record(twin);
    ledger.record(twin);
    drain();

    assertThat(ledger.strings("SELECT idx FROM ledger_entry")).hasSize(3);
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_sequencer_that_dies_in_its_batch_leaves_nothing_behind() {
    ledger.fill(2, 5);
    ledger.record(LedgerFixture.message(100), LedgerFixture.message(101));
    die(connection -> ledger.sequenceOn(connection));
    BatchSequencer.Batch batch = ledger.sequence();

    assertThat(batch.appended().stream().map(BatchSequencer.Appended::index))
        .containsExactly(10L, 11L);
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_forged_event_takes_neither_the_id_nor_the_place_of_the_genuine_one() {
    String type = "io.plumbline.prompt.version-published.v1";
    ledger.record(LedgerFixture.forged("same", type, "a", "{}"));
    ledger.record(LedgerFixture.message("same", "a", "{}"));
    drain();

    assertThat(
            ledger.strings(
                "SELECT source FROM ledger_entry JOIN ledger_message USING (position) ORDER BY"
                    + " idx"))
        .containsExactly("position", "prompt-registry");
    assertThat(ledger.verify().exitCode()).isZero();
  }

  private static LedgerMessage refused(
      List<EntryHeader> headers, byte @Nullable [] value, long offset) {
    return LedgerMessage.ofRefused(
        headers, value, new KafkaPosition("plumbline.training", 0, offset), MALFORMED);
  }

  private void drain() {
    while (!ledger.sequence().appended().isEmpty()) {
      // Append batches until no message waits.
    }
  }

  private void die(LedgerFixture.Work<?> work) {
    assertThatThrownBy(() ->
            ledger.inTransaction(connection -> {
              work.on(connection);
              throw new SQLException("killed");
            }))
        .hasMessageContaining("killed");
  }

  /** Returns the subjects of the entries, in their order. */
  private List<String> subjects() {
    return ledger.strings(
        "SELECT subject FROM ledger_entry JOIN ledger_message USING (position) ORDER BY idx");
  }
}
