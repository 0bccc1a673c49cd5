package io.plumbline.compliance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.compliance.ledger.entry.EntryHeader;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.compliance.ledger.sequencer.Intake;
import io.plumbline.compliance.ledger.sequencer.Sequencing;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every message once, whatever is delivered how often and wherever the process dies. */
class IntakeTests {

  private final LedgerFixture ledger = new LedgerFixture("intake");

  @Test
  void a_message_delivered_again_is_recorded_once() {
    LedgerMessage message = LedgerFixture.message(1);
    int first = ledger.record(message, message);
    int pending = ledger.record(message);
    ledger.sequence();
    int appended = ledger.record(message, LedgerFixture.message(2));
    drain();

    assertThat(List.of(first, pending, appended)).containsExactly(1, 0, 2);
    assertThat(ledger.strings("SELECT subject FROM ledger_entry ORDER BY idx"))
        .containsExactly("prompt-1", "prompt-2");
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

    assertThat(ledger.strings("SELECT source FROM ledger_entry ORDER BY idx"))
        .containsExactly("prompt-registry", "position", "position");
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_message_that_no_service_of_ours_would_send_is_recorded_all_the_same() {
    byte[] broken = {(byte) 0xff, 0, (byte) 0xfe};
    ledger.record(
        LedgerMessage.of(List.of(), null, "topic/0@1"),
        LedgerMessage.of(
            List.of(new EntryHeader("ce_id", broken), new EntryHeader("ce_source", null)),
            broken,
            "topic/0@2"),
        LedgerMessage.of(
            List.of(
                LedgerFixture.header("ce_id", "1"),
                LedgerFixture.header("ce_source", "/x"),
                new EntryHeader("ce_type", broken),
                LedgerFixture.header("ce_subject", "s".repeat(5_000)),
                LedgerFixture.header("ce_workspace", "none")),
            new byte[0],
            "topic/0@3"));
    ledger.sequence();

    assertThat(ledger.strings("SELECT event_id FROM ledger_entry ORDER BY idx"))
        .containsExactly("topic/0@1", "topic/0@2", "1");
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
        // Dies before the commit: the rows are gone and Kafka delivers again.
        case 0 -> die(connection -> new Intake(connection).record(List.of(batch)));
        // Dies after the commit and before Kafka knows: delivered again.
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

    assertThat(ledger.strings("SELECT subject FROM ledger_entry ORDER BY idx"))
        .isEqualTo(IntStream.range(0, messages).mapToObj(number -> "prompt-" + number).toList());
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_sequencer_that_dies_in_its_batch_leaves_nothing_behind() {
    ledger.fill(2, 5);
    ledger.record(LedgerFixture.message(100), LedgerFixture.message(101));
    die(connection -> ledger.sequenceOn(connection));
    Sequencing.Batch batch = ledger.sequence();

    assertThat(batch.appended().stream().map(Sequencing.Appended::index)).containsExactly(10L, 11L);
    assertThat(ledger.verify().exitCode()).isZero();
  }

  private void drain() {
    while (!ledger.strings("SELECT seq FROM ledger_pending").isEmpty()) {
      ledger.sequence();
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
}
