package io.plumbline.compliance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.sequencer.BatchSequencer;
import io.plumbline.compliance.ledger.sequencer.LedgerContradiction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests batch after batch on a real database. */
@Tag("servers")
class SequencingTests {

  private final LedgerFixture ledger = new LedgerFixture("sequencing");

  @Test
  void messages_get_consecutive_indexes_in_the_order_they_arrived() {
    ledger.record(LedgerFixture.message(3), LedgerFixture.message(1), LedgerFixture.message(2));

    BatchSequencer.Batch batch = ledger.sequence();

    assertThat(batch.appended())
        .extracting(BatchSequencer.Appended::index, BatchSequencer.Appended::subject)
        .containsExactly(tuple(0L, "prompt-3"), tuple(1L, "prompt-1"), tuple(2L, "prompt-2"));
    assertThat(batch.signed()).isTrue();
    assertThat(batch.more()).isFalse();
  }

  @Test
  void each_batch_signs_the_tree_it_leaves() {
    ledger.fill(3, 5);

    assertThat(
            ledger.strings(
                "SELECT tree_size::text FROM ledger_head ORDER BY ledger_head.tree_size"))
        .containsExactly("5", "10", "15");
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void an_idle_ledger_signs_again_only_after_the_head_interval() {
    ledger.fill(1, 1);

    List<Boolean> signed =
        List.of(
            ledger.sequenceAfter(Duration.ofSeconds(2)).signed(),
            ledger.sequenceAfter(Duration.ofSeconds(1)).signed(),
            ledger.sequenceAfter(Duration.ofSeconds(1)).signed());

    assertThat(signed).containsExactly(false, true, false);
    assertThat(ledger.strings("SELECT tree_size::text FROM ledger_head")).containsExactly("1");
  }

  @Test
  void only_one_replica_appends_at_a_time() throws SQLException {
    ledger.record(LedgerFixture.message(1));
    try (Connection other = ledger.runtime()) {
      other.setAutoCommit(false);
      BatchSequencer.Batch first = ledger.sequenceOn(other);
      BatchSequencer.Batch second = ledger.sequence();
      other.commit();

      assertThat(first.appended()).hasSize(1);
      assertThat(second.appended()).isEmpty();
      assertThat(second.head()).isNull();
    }
  }

  @Test
  void a_full_batch_says_that_there_may_be_more() {
    ledger.record(
        IntStream.rangeClosed(0, LedgerFixture.BATCH_SIZE)
            .mapToObj(LedgerFixture::message)
            .toArray(LedgerMessage[]::new));

    assertThat(ledger.sequence().more()).isTrue();
    assertThat(ledger.sequence().more()).isFalse();
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_batch_of_another_replica_is_continued() {
    ledger.fill(1, 3);
    ledger.restart();
    ledger.record(LedgerFixture.message(100));

    SignedHead head = Objects.requireNonNull(ledger.sequence().head());

    assertThat(head.treeSize()).isEqualTo(4);
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void nothing_is_appended_to_a_tree_without_its_signed_root() {
    ledger.fill(1, 3);
    ledger.tamper("UPDATE ledger_entry SET leaf_hash = sha256('x') WHERE idx = 1");
    ledger.restart();
    ledger.record(LedgerFixture.message(100));

    assertThatThrownBy(ledger::sequence)
        .isInstanceOf(LedgerContradiction.class)
        .hasMessageStartingWith("The stored tree of 3 entries does not have the root");
  }

  @Test
  void a_log_rolled_back_while_the_sequencer_runs_is_not_continued() {
    ledger.fill(5, 10);
    rollBack();
    ledger.record(LedgerFixture.message(100));

    assertThatThrownBy(ledger::sequence)
        .isInstanceOf(LedgerContradiction.class)
        .hasMessageStartingWith(
            "The ledger has 40 entries, but a head over 50 was signed at 2026-11-25T00:00:05Z.");
    assertThat(ledger.strings("SELECT tree_size FROM ledger_fresh_head")).containsExactly("40");
  }

  @Test
  void an_idle_sequencer_notices_it_as_well() {
    ledger.fill(5, 10);
    rollBack();

    assertThatThrownBy(ledger::sequence).isInstanceOf(LedgerContradiction.class);
  }

  @Test
  void a_sequencer_that_starts_does_not_go_below_a_head_from_outside() {
    ledger.fill(5, 10);
    SignedHead outside = Objects.requireNonNull(ledger.sequenceAfter(Duration.ofSeconds(9)).head());
    rollBack();
    ledger.restart();
    ledger.remember(outside);

    assertThatThrownBy(ledger::sequence)
        .isInstanceOf(LedgerContradiction.class)
        .hasMessageStartingWith("The ledger has 40 entries, but a head over 50 was signed");
  }

  @Test
  void a_log_that_grew_again_over_other_entries_is_not_continued() {
    ledger.fill(5, 10);
    SignedHead outside = Objects.requireNonNull(ledger.sequenceAfter(Duration.ofSeconds(9)).head());
    rollBack();
    ledger.tamper(
        "DELETE FROM ledger_message m WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE"
            + " e.position = m.position)");
    ledger.restart();
    ledger.fill(6, 10, 200);
    ledger.restart();
    ledger.remember(outside);
    ledger.record(LedgerFixture.message(999));

    assertThatThrownBy(ledger::sequence)
        .isInstanceOf(LedgerContradiction.class)
        .hasMessageStartingWith("The first 50 entries do not have the root");
  }

  @Test
  void what_another_replica_appended_after_the_remembered_head_is_continued() {
    ledger.fill(2, 10);
    SignedHead outside = Objects.requireNonNull(ledger.sequenceAfter(Duration.ofSeconds(9)).head());
    ledger.fill(3, 10, 20);
    ledger.restart();
    ledger.remember(outside);
    ledger.record(LedgerFixture.message(999));

    assertThat(ledger.sequence().appended()).hasSize(1);
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_head_that_nobody_signed_is_not_continued() {
    ledger.fill(1, 3);
    ledger.tamper("UPDATE ledger_fresh_head SET signature = 'AAAA'");
    ledger.restart();
    ledger.record(LedgerFixture.message(100));

    assertThatThrownBy(ledger::sequence)
        .isInstanceOf(LedgerContradiction.class)
        .hasMessageContaining("does not carry the signature");
  }

  @Test
  void entries_in_quick_succession_share_one_kept_head() {
    ledger.fill(1, 1);
    for (int number = 1; number <= 5; number++) {
      ledger.record(LedgerFixture.message(number));
      ledger.sequenceAfter(Duration.ofMillis(100));
    }
    assertThat(ledger.verify().exitCode()).isZero();

    boolean kept = ledger.sequenceAfter(Duration.ofSeconds(1)).kept();

    assertThat(kept).isTrue();
    assertThat(ledger.strings("SELECT tree_size FROM ledger_head ORDER BY 1"))
        .containsExactly("1", "6");
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_clock_that_is_set_back_does_not_silence_it() {
    ledger.fill(1, 1);
    ledger.sequenceAt(LedgerFixture.BEGINNING.minus(Duration.ofHours(1)), Duration.ofSeconds(4));

    assertThat(
            ledger
                .sequenceAt(
                    LedgerFixture.BEGINNING.minus(Duration.ofHours(1)), Duration.ofSeconds(4))
                .signed())
        .isTrue();
  }

  private void rollBack() {
    ledger.tamper(
        "DELETE FROM ledger_entry WHERE idx >= 40",
        "DELETE FROM ledger_head WHERE tree_size > 40",
        "DELETE FROM ledger_fresh_head",
        "INSERT INTO ledger_fresh_head SELECT true, * FROM ledger_head WHERE tree_size = 40");
  }

  @Test
  void an_entry_without_a_workspace_is_attributed_to_none() {
    assertThat(BatchSequencer.workspaceOf(new BatchSequencer.Appended(0, "s", "e", "t", "x", "")))
        .isNull();
  }
}
