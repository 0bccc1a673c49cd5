package io.plumbline.compliance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.compliance.ledger.head.SignedHeads;
import io.plumbline.compliance.ledger.verification.LedgerVerification;
import io.plumbline.compliance.ledger.verification.Snapshot;
import io.plumbline.compliance.ledger.verification.VerificationReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests what the verifier reports after somebody with every right on the database has tampered with
 * the ledger.
 */
@Tag("servers")
class TamperingTests {

  private static final String OTHER_TOPIC = "io.plumbline.approval.decided.v1";

  private static final String SHIFT_UP =
      "UPDATE ledger_entry SET idx = -1 - idx WHERE idx >= 21; UPDATE ledger_entry SET idx = -idx"
          + " WHERE idx < 0";
  private static final String SHIFT_DOWN =
      "UPDATE ledger_entry SET idx = -idx WHERE idx >= 21; UPDATE ledger_entry SET idx = -idx - 1"
          + " WHERE idx < 0";

  private static final String FORGED_MESSAGE =
      """
      INSERT INTO ledger_message SELECT -1, source, 'forged', type, 'forged', workspace, content_digest, headers, value
      FROM ledger_message WHERE subject = 'prompt-20'
      """;

  private final LedgerFixture ledger = new LedgerFixture("tampering");

  @TempDir Path directory;

  @BeforeEach
  void fill() {
    ledger.fill(5, 10);
  }

  @Test
  void an_untouched_ledger_holds() {
    assertThat(ledger.verify())
        .satisfies(holds -> assertThat(holds.exitCode()).isZero())
        .satisfies(holds ->
            assertThat(holds.output())
                .contains(
                    "50 entries and 5 signed heads",
                    "Every hash, place, root and signature holds"));
  }

  @Test
  void an_edited_value_is_named() {
    ledger.tamper(
        "UPDATE ledger_message SET value = '{\"number\":99}' WHERE subject = 'prompt-21'");
    assertChanged(
        "entry 21 (io.plumbline.prompt.version-published.v1, prompt-21): its headers or value were"
            + " changed");
  }

  @Test
  void a_disabled_trigger_is_named() {
    ledger.tamper("ALTER TABLE ledger_head DISABLE TRIGGER append_only");
    assertChanged(
        "The trigger append_only that guards the table ledger_head of compliance is missing or"
            + " disabled");
  }

  @Test
  void an_edited_column_is_named() {
    ledger.tamper("UPDATE ledger_message SET subject = 'harmless' WHERE subject = 'prompt-21'");
    assertChanged(
        "entry 21 (io.plumbline.prompt.version-published.v1, harmless): a column for look-ups was"
            + " changed");
  }

  @Test
  void a_deleted_row_is_named() {
    ledger.tamper("DELETE FROM ledger_entry WHERE idx = 21");
    assertChanged(
        "entry 21: is missing: the next row is entry 22 (io.plumbline.prompt.version-published.v1,"
            + " prompt-22)");
  }

  @Test
  void a_deleted_row_is_named_when_the_others_close_the_gap() {
    ledger.tamper("DELETE FROM ledger_entry WHERE idx = 21", SHIFT_DOWN);
    assertChanged(
        "entry 21 (io.plumbline.prompt.version-published.v1, prompt-22): an entry before it was"
            + " removed");
  }

  @Test
  void an_inserted_row_is_named() {
    ledger.tamper(
        SHIFT_UP,
        FORGED_MESSAGE,
        "INSERT INTO ledger_entry SELECT 21, -1, leaf_hash FROM ledger_entry WHERE idx = 20");
    assertChanged("entry 21 (io.plumbline.prompt.version-published.v1, forged): it was inserted");
  }

  @Test
  void an_inserted_row_with_hashes_of_its_own_is_named() {
    ledger.tamper(
        SHIFT_UP,
        FORGED_MESSAGE,
        """
        INSERT INTO ledger_entry SELECT 21, -1, sha256('\\x00'::bytea || int8send(21) || content_digest)
        FROM ledger_message WHERE position = -1
        """);
    assertChanged("entry 21 (io.plumbline.prompt.version-published.v1, forged)");
  }

  @Test
  void an_appended_row_is_named() {
    ledger.tamper(
        FORGED_MESSAGE,
        "INSERT INTO ledger_entry SELECT 50, -1, leaf_hash FROM ledger_entry WHERE idx = 20");
    assertChanged(
        "entry 50 (io.plumbline.prompt.version-published.v1, forged)", "no signed head covers it");
  }

  @Test
  void exchanged_rows_are_named() {
    ledger.tamper(
        "UPDATE ledger_entry SET idx = -1 WHERE idx = 21",
        "UPDATE ledger_entry SET idx = 21 WHERE idx = 22",
        "UPDATE ledger_entry SET idx = 22 WHERE idx = -1");
    assertChanged("entry 21 (io.plumbline.prompt.version-published.v1, prompt-22)");
  }

  @Test
  void a_row_rewritten_with_its_hashes_is_located_to_its_signed_batch() {
    rewriteConsistently(21);
    assertChanged(
        "entry 20 (io.plumbline.prompt.version-published.v1, prompt-20): this is the first of the"
            + " batch of entries 20 to 29");
  }

  @Test
  void a_row_rewritten_with_its_hashes_is_named_where_a_tile_remembers_it() {
    ledger.fill(30, 10);
    rewriteConsistently(21);
    assertChanged(
        "entry 21 (io.plumbline.prompt.version-published.v1, prompt-21): it was rewritten together"
            + " with its hashes, in the batch of entries 20 to 29");
  }

  @Test
  void a_missing_tail_is_named() {
    ledger.tamper("DELETE FROM ledger_entry WHERE idx >= 43");
    assertChanged(
        "entry 43: this entry and all later ones are missing: a head over 50 entries is signed, but"
            + " only 43 are there");
  }

  @Test
  void a_tail_removed_with_its_heads_contradicts_the_freshest_head() {
    ledger.tamper(
        "DELETE FROM ledger_entry WHERE idx >= 40", "DELETE FROM ledger_head WHERE tree_size > 40");
    assertChanged(
        "entry 40: this entry and all later ones are missing: a head over 50 entries is signed, but"
            + " only 40 are there");
  }

  @Test
  void removed_heads_contradict_the_freshest_head() {
    ledger.sequenceAfter(Duration.ofSeconds(20));
    ledger.tamper("DELETE FROM ledger_head WHERE tree_size > 40");
    assertChanged("heads were removed");
  }

  @Test
  void a_clock_that_is_set_forward_is_no_removed_head_while_the_ledger_runs() throws SQLException {
    ledger.record(LedgerFixture.message(100));
    ledger.sequenceAt(LedgerFixture.BEGINNING.plus(Duration.ofHours(1)), Duration.ofMillis(500));
    try (Snapshot snapshot = new Snapshot(ledger::runtime)) {
      ledger.sequence();

      VerificationReport report =
          new LedgerVerification(
                  snapshot, new SignedHeads(snapshot.main()).keys(), null, false, List.of())
              .run();

      assertThat(report.findings()).isEmpty();
    }
  }

  @Test
  void a_row_erased_before_it_was_appended_leaves_a_gap_that_is_named() {
    ledger.record(LedgerFixture.message(100), LedgerFixture.message(101));
    ledger.tamper("DELETE FROM ledger_message WHERE subject = 'prompt-100'");
    ledger.sequence();
    assertChanged(
        "Offset 50 of plumbline.prompt-registry, partition 0 was received, and neither is an entry"
            + " nor was skipped: the row was erased before it was appended");
  }

  @Test
  void the_first_row_of_a_partition_erased_before_it_was_appended_is_missed() {
    ledger.record(
        LedgerFixture.forged("1", OTHER_TOPIC, "first", "{}"),
        LedgerFixture.forged("2", OTHER_TOPIC, "second", "{}"));
    ledger.tamper("DELETE FROM ledger_message WHERE subject = 'first'");
    ledger.sequence();
    assertChanged(
        "Offset 0 of plumbline.compliance, partition 0 was received, and neither is an entry nor"
            + " was skipped");
  }

  @Test
  void a_partition_of_which_nothing_is_left_is_missed() {
    ledger.record(LedgerFixture.forged("1", OTHER_TOPIC, "first", "{}"));
    ledger.tamper("DELETE FROM ledger_message WHERE subject = 'first'");
    assertChanged("No row is left of plumbline.compliance, partition 0");
  }

  @Test
  void a_message_taken_out_of_the_log_and_left_waiting_is_named() {
    ledger.record(LedgerFixture.message(100));
    ledger.tamper(
        "INSERT INTO ledger_entry SELECT 51, position, 'x' FROM ledger_message WHERE subject ="
            + " 'prompt-100'");
    ledger.record(LedgerFixture.message(101));
    ledger.tamper(
        "DELETE FROM ledger_entry WHERE idx = 51",
        "INSERT INTO ledger_entry SELECT 50, position, 'x' FROM ledger_message WHERE subject ="
            + " 'prompt-101'");
    assertThat(ledger.verify().output())
        .contains(
            "Offset 50 of plumbline.prompt-registry, partition 0 was received and never appended,"
                + " though a later one was");
  }

  @Test
  void a_deleted_content_is_named() {
    ledger.tamper("DELETE FROM ledger_message WHERE subject = 'prompt-21'");
    assertChanged("entry 21: its content was deleted");
  }

  @Test
  void a_verification_goes_on_from_a_saved_head() {
    Path saved = directory.resolve("head.json");
    assertThat(ledger.verify("--save-head", saved.toString()).exitCode()).isZero();
    ledger.fill(3, 7, 50);

    assertThat(ledger.verify("--head", saved.toString(), "--resume"))
        .satisfies(
            holds -> assertThat(holds.output()).contains("21 entries and 3 signed heads checked"))
        .satisfies(holds -> assertThat(holds.exitCode()).isZero());

    ledger.tamper("UPDATE ledger_message SET value = 'x' WHERE subject = 'prompt-60'");
    assertThat(ledger.verify("--head", saved.toString(), "--resume").output())
        .contains("entry 60 (io.plumbline.prompt.version-published.v1, prompt-60): its headers");
  }

  @Test
  void a_tail_removed_with_all_its_heads_is_only_seen_by_a_head_saved_elsewhere() {
    Path saved = directory.resolve("head.json");
    assertThat(ledger.verify("--save-head", saved.toString()).exitCode()).isZero();
    ledger.tamper(
        "DELETE FROM ledger_entry WHERE idx >= 40",
        "DELETE FROM ledger_head WHERE tree_size > 40",
        "DELETE FROM ledger_fresh_head",
        "INSERT INTO ledger_fresh_head SELECT true, * FROM ledger_head WHERE tree_size = 40");

    assertThat(ledger.verify())
        .satisfies(unseen -> assertThat(unseen.exitCode()).isZero())
        .satisfies(unseen ->
            assertThat(unseen.output()).contains("Not compared with a head saved elsewhere"));
    assertThat(ledger.verify("--head", saved.toString()))
        .satisfies(seen -> assertThat(seen.exitCode()).isEqualTo(1))
        .satisfies(seen ->
            assertThat(seen.output())
                .contains(
                    "entry 40: this entry and all later ones are missing: the saved head covers 50"
                        + " entries, but only 40 are there"));
  }

  @Test
  void a_ledger_rewritten_from_the_beginning_contradicts_a_head_saved_elsewhere() {
    Path saved = directory.resolve("head.json");
    assertThat(ledger.verify("--save-head", saved.toString()).exitCode()).isZero();
    ledger.tamper("TRUNCATE ledger_entry, ledger_tile, ledger_head, ledger_fresh_head, ledger_key");
    ledger.rekey();
    ledger.fill(6, 11);

    assertThat(ledger.verify().exitCode()).isZero();
    assertThat(ledger.verify("--head", saved.toString()))
        .satisfies(seen -> assertThat(seen.exitCode()).isEqualTo(1))
        .satisfies(seen -> assertThat(seen.output()).contains("the ledger no longer knows"));
  }

  @Test
  void a_changed_root_or_signature_is_reported() {
    ledger.tamper(
        "UPDATE ledger_head SET signed_at = signed_at + interval '1 day' WHERE tree_size = 20");
    assertChanged("The signature of the head over 20 entries was not made with key");
  }

  @Test
  void a_root_that_is_no_digest_is_reported() {
    ledger.tamper("UPDATE ledger_head SET root = '\\x00' WHERE tree_size = 20");
    assertChanged("which was rewritten: its root is not the one that was signed");
  }

  @Test
  void a_changed_tile_is_reported_though_the_entries_hold() {
    ledger.fill(30, 10);
    ledger.tamper(
        "UPDATE ledger_tile SET hashes = set_byte(hashes, 32 * 7, get_byte(hashes, 32 * 7) # 1)");
    assertChanged(
        "entry 7 (io.plumbline.prompt.version-published.v1, prompt-7): it is as signed, but the"
            + " tile over it was changed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger_message", "ledger_skip", "ledger_entry", "audit_entry"})
  void the_application_itself_can_only_insert_and_select(String table) {
    assertThatThrownBy(() ->
            ledger.inTransaction(
                connection -> connection.createStatement().executeUpdate("DELETE FROM " + table)))
        .hasMessageContaining("permission denied");
  }

  @Test
  void the_owner_meets_a_trigger() {
    assertThatThrownBy(
            () -> ledger.asSuperuser("UPDATE ledger_entry SET leaf_hash = 'x' WHERE idx = 1"))
        .hasMessageContaining("ledger_entry is append-only");
  }

  @Test
  void what_cannot_be_verified_ends_with_2() {
    assertThat(ledger.verify("--head", directory.resolve("absent.json").toString()).exitCode())
        .isEqualTo(2);
    assertThat(ledger.verify("--wrong").exitCode()).isEqualTo(2);
  }

  private void rewriteConsistently(long index) {
    ledger.tamper(
        """
        UPDATE ledger_message SET value = '{"number":99}',
          content_digest = sha256(headers || int8send(13) || '{"number":99}'::bytea)
        WHERE subject = 'prompt-%1$d'
        """
            .formatted(index),
        """
        UPDATE ledger_entry e SET leaf_hash = sha256('\\x00'::bytea || int8send(%1$d) || m.content_digest)
        FROM ledger_message m WHERE e.idx = %1$d AND m.position = e.position
        """
            .formatted(index));
  }

  private void assertChanged(String... fragments) {
    LedgerFixture.Verified verified = ledger.verify();
    assertThat(verified.output()).contains(fragments);
    assertThat(
            verified
                .output()
                .lines()
                .filter(
                    line -> line.startsWith("The ledger was changed after it was signed. First: "))
                .findFirst())
        .hasValueSatisfying(first -> assertThat(first).contains(fragments[0]));
    assertThat(verified.exitCode()).isEqualTo(1);
  }
}
