package io.plumbline.compliance.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.platform.test.table.TableRights;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests the rights of the application on each table, as the database has them. A new table fails
 * this test until it is decided whether its rows are evidence.
 */
@Tag("servers")
class EvidenceGrantsTests {

  /** The tables with evidence that is written once. */
  private static final List<String> EVIDENCE =
      List.of(
          "ledger_partition",
          "ledger_message",
          "ledger_skip",
          "ledger_entry",
          "ledger_tile",
          "ledger_head",
          "ledger_key",
          "ledger_author_key",
          "audit_entry",
          "audit_application",
          "policy_version");

  /** The tables with evidence that can change in one way only, which a trigger enforces. */
  private static final List<String> NARROW =
      List.of(
          // An approval changes once, from pending to decided.
          "approval: INSERT, UPDATE (approved_by_authors, decided_at, decided_by, policies, reason,"
              + " state, version)",
          // The active version of a policy changes.
          "policy: INSERT, UPDATE (version)",
          // A proposed policy changes until it is decided.
          "policy_proposal: INSERT, UPDATE (decided_at, decided_by, decision_reason, state,"
              + " version)",
          // A workspace changes until it is archived, each time with a higher version.
          "workspace: INSERT, UPDATE (archive_reason, changed_at, changed_by, currency, name,"
              + " quotas, regions, retention_days, role_rates, state, version)",
          // Progress and the newest head only move forwards.
          // The id of an event goes after a month.
          "identity_event: DELETE, INSERT",
          "audit_progress: UPDATE",
          "audit_application_progress: UPDATE",
          "ledger_fresh_head: INSERT, UPDATE",
          "ledger_cosignature: INSERT, UPDATE");

  /**
   * The tables that are no evidence. Each change of a risk is an entry of the ledger, and a
   * verification of the ledger is repeated outside of the service by anybody who wants to be sure.
   */
  private static final List<String> OPERATIONAL =
      List.of("risk: INSERT, UPDATE", "ledger_verification: UPDATE", "identity_reading: UPDATE");

  private final LedgerFixture ledger = new LedgerFixture("grants");

  @Test
  void every_table_is_decided() {
    assertThat(TableRights.of("grants"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    EVIDENCE.stream().map(table -> table + ": INSERT"),
                    NARROW.stream(),
                    OPERATIONAL.stream(),
                    TableRights.PLATFORM.stream())
                .flatMap(each -> each)
                .toList());
  }

  @Test
  void a_decision_is_final_for_everybody() {
    ledger.asSuperuser(
        """
        INSERT INTO approval VALUES ('0190a000-0000-7000-8000-000000000001', gen_random_uuid(), 1,
          gen_random_uuid(), 'release.requested', gen_random_uuid(), 'o', 'd', 'ada', '{}', '{}', 'REJECTED',
          now(), now(), 'ben', now(), NULL)
        """);

    assertThatThrownBy(() -> ledger.asSuperuser("UPDATE approval SET state = 'APPROVED'"))
        .hasMessageContaining("is REJECTED and final");
  }

  @Test
  void the_audit_goes_forwards_only() {
    ledger.asSuperuser("UPDATE audit_progress SET next_idx = 5");

    assertThatThrownBy(() -> ledger.asSuperuser("UPDATE audit_progress SET next_idx = 4"))
        .hasMessageContaining("cannot go back");
  }

  @Test
  void the_newest_head_never_covers_less() {
    ledger.fill(1, 3);

    assertThatThrownBy(() -> ledger.asSuperuser("UPDATE ledger_fresh_head SET tree_size = 2"))
        .hasMessageContaining("ledger_fresh_head covers 3 entries and cannot go back to 2");
  }
}
