package io.plumbline.compliance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.sequencer.Sequencing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One batch after another on a real database. */
class SequencingTests {

  private final LedgerFixture ledger = new LedgerFixture("sequencing");

  @Test
  void messages_get_consecutive_indexes_in_the_order_they_arrived() {
    ledger.record(LedgerFixture.message(3), LedgerFixture.message(1), LedgerFixture.message(2));

    Sequencing.Batch batch = ledger.sequence();

    assertThat(batch.appended())
        .extracting(Sequencing.Appended::index, Sequencing.Appended::subject)
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
      Sequencing.Batch first = ledger.sequenceOn(other);
      Sequencing.Batch second = ledger.sequence();
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
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "The stored tree of 3 entries does not have the root that was signed: run verify-ledger"
                + " before the sequencer may append again");
  }

  @Test
  void an_entry_without_a_workspace_is_attributed_to_none() {
    assertThat(Sequencing.workspace(new Sequencing.Appended(0, "s", "e", "t", "x", ""))).isNull();
  }
}
