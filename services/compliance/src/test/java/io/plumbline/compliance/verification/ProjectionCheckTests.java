package io.plumbline.compliance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.contracts.Digest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests the comparison of the audit's rows and the approvals with the log they were made from. */
@Tag("servers")
class ProjectionCheckTests {

  private static final String ACME = "0190a000-0000-7000-8000-000000000001";
  private static final String GLOBEX = "0190a000-0000-7000-8000-000000000002";

  private static final String REQUEST = "0190a000-0000-7000-8000-00000000000b";
  private static final String DIGEST = "ab".repeat(32);

  private final LedgerFixture ledger = new LedgerFixture("projection");

  @BeforeEach
  void fill() {
    ledger.fill(2, 5);
    ledger.tamper(
        """
        INSERT INTO audit_entry
        SELECT m.workspace, e.idx, 'epoch', m.source, m.event_id, 'prompt.version-published', m.subject,
          'ada', 'RECORDED', NULL, NULL
        FROM ledger_entry e JOIN ledger_message m USING (position)
        """,
        "UPDATE audit_progress SET next_idx = 10");
  }

  @Test
  void an_audit_as_it_was_made_holds() {
    assertThat(ledger.verify().output()).contains("the audit shows what was recorded");
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_changed_row_is_named() {
    ledger.tamper("UPDATE audit_entry SET actor = 'somebody else' WHERE idx = 4");
    assertChanged(
        "entry 4 (io.plumbline.prompt.version-published.v1, prompt-4): its row in the audit");
  }

  @Test
  void a_removed_row_is_named() {
    ledger.tamper("DELETE FROM audit_entry WHERE idx = 4");
    assertChanged(
        "entry 4 (io.plumbline.prompt.version-published.v1, prompt-4): the audit of its workspace"
            + " does not have it");
  }

  @Test
  void a_row_moved_to_another_workspace_is_named_where_it_is_missing() {
    ledger.tamper("UPDATE audit_entry SET workspace_id = '" + GLOBEX + "' WHERE idx = 4");
    assertChanged("does not have it");
  }

  @Test
  void an_added_row_is_named() {
    ledger.tamper(
        "INSERT INTO audit_entry SELECT '"
            + ACME
            + "', 77, occurred_at, source, event_id, type, object, actor, outcome FROM audit_entry"
            + " WHERE idx = 4");
    assertChanged(
        "The audit of a workspace has 11 rows for 10 entries: rows were added (" + ACME + ")");
  }

  @Test
  void a_row_in_a_workspace_that_the_log_does_not_know_is_named() {
    ledger.tamper(
        "INSERT INTO audit_entry SELECT '"
            + GLOBEX
            + "', idx, occurred_at, source, event_id, type, object, actor, outcome FROM audit_entry"
            + " WHERE idx = 4");
    assertChanged(
        "The audit of a workspace has 1 rows for 0 entries: rows were added (" + GLOBEX + ")");
  }

  @Test
  void a_row_without_any_entry_in_the_log_is_named() {
    ledger.tamper(
        "TRUNCATE ledger_partition, ledger_message, ledger_entry, ledger_head, ledger_fresh_head",
        "DELETE FROM audit_entry WHERE idx > 0",
        "UPDATE audit_progress SET next_idx = 0");
    assertChanged("The audit of a workspace has 1 rows for 0 entries");
  }

  @Test
  void what_is_not_projected_yet_is_not_missed() {
    ledger.fill(1, 3, 10);

    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_disabled_trigger_is_named() {
    ledger.tamper("ALTER TABLE audit_entry DISABLE TRIGGER append_only");
    try {
      assertChanged(
          "The trigger append_only that guards the table audit_entry of compliance is missing or"
              + " disabled");
    } finally {
      ledger.tamper("ALTER TABLE audit_entry ENABLE TRIGGER append_only");
    }
  }

  @Test
  void a_decision_that_nobody_made_is_named() {
    String approval = "0190a000-0000-7000-8000-00000000000a";
    ledger.record(
        LedgerFixture.decision(
            "decided",
            """
            {"approvalId":"%1$s","requestEventId":"%1$s","requestType":"release.requested","requestId":"%1$s",
             "subjectDigest":"%2$s","decision":"APPROVED","decidedBy":"ben","addedLater":1}
            """
                .formatted(approval, "ab".repeat(32))));
    ledger.sequence();
    assertChanged("it says that a request was decided, and no such decision was made");

    ledger.tamper(
        """
        INSERT INTO approval VALUES ('%1$s', '%2$s', 1, '%2$s', 'release.requested', '%2$s', 'o', '%3$s', 'ada', '{}',
          '{}', 'PENDING', now(), now(), NULL, NULL, NULL)
        """
            .formatted(ACME, approval, "ab".repeat(32)));
    assertChanged("it says that a request was decided, and no such decision was made");

    ledger.asSuperuser("UPDATE approval SET state = 'APPROVED', decided_by = 'ben'");
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void an_approval_that_nobody_requested_or_that_was_decided_behind_the_log_is_named() {
    String decided = approval("request", "APPROVED", "ada", "now() - interval '1 hour'");
    ledger.tamper(decided);
    assertChanged(
        "An approval is not what the log says was requested: it was added or changed",
        "An approval is decided, and the log has no such decision of compliance");
  }

  @Test
  void an_approval_that_was_requested_as_it_says_holds_and_a_changed_author_is_named() {
    ledger.record(
        LedgerFixture.message(
            "request",
            "io.plumbline.waiver.requested.v1",
            "waiver",
            """
            {"waiverId":"%1$s","application":"o","phase":"FINE_TUNING","requester":"ada","digest":"%2$s","reason":"r"}
            """
                .formatted(REQUEST, DIGEST)));
    ledger.sequence();
    ledger.tamper(approval("request", "PENDING", "ada", "now() - interval '1 hour'"));
    assertThat(ledger.verify().output()).doesNotContain("CHANGED");

    ledger.tamper("UPDATE approval SET requester = 'ben'");
    assertChanged("An approval is not what the log says was requested: it was added or changed");

    ledger.tamper("UPDATE approval SET requester = 'ada', subject_digest = 'none'");
    assertChanged("An approval is not what the log says was requested: it was added or changed");
  }

  /** Somebody who writes to inference's database can let it start a release that nobody decided. */
  @Test
  void a_release_that_serves_without_an_approval_is_named() {
    ledger.record(
        LedgerFixture.message(
            "started",
            "io.plumbline.release.changed.v1",
            REQUEST,
            """
            {"releaseId":"%s","application":"o","environment":"prod","variantDigest":"%s","state":"ACTIVE",
             "percent":100,"verdictSequence":1}
            """
                .formatted(REQUEST, DIGEST)));
    ledger.sequence();
    String serves = "it says that a release serves, and that release was not approved";
    assertChanged(serves);

    ledger.tamper(approval("request", "PENDING", "ada", "now()"));
    assertChanged(serves);

    ledger.tamper("UPDATE approval SET state = 'APPROVED'");
    assertThat(ledger.verify().output()).doesNotContain(serves);

    ledger.tamper("UPDATE approval SET subject_digest = '" + "cd".repeat(32) + "'");
    assertChanged(serves);
  }

  @Test
  void an_event_of_a_release_without_its_variant_is_named_and_ends_no_verification() {
    ledger.record(
        LedgerFixture.message(
            "without",
            "io.plumbline.release.changed.v1",
            REQUEST,
            """
            {"releaseId":"%s","application":"o","environment":"prod","state":"ACTIVE","percent":100}
            """
                .formatted(REQUEST)));
    ledger.sequence();

    assertChanged("it says that a release serves, and that release was not approved");
  }

  @Test
  void what_happened_just_now_is_not_missed_in_the_log() {
    ledger.tamper(approval("request", "APPROVED", "ada", "now()"));
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_policy_that_was_exchanged_taken_back_or_added_is_named() {
    ledger.record(activation(1, "[]"), activation(2, "[1]"));
    ledger.sequence();
    ledger.tamper(
        "INSERT INTO policy VALUES ('" + ACME + "', 'p', 'release', 2)",
        version(1, "[]", "now() - interval '1 hour'"),
        version(2, "[1]", "now() - interval '1 hour'"),
        projected("policy.activated", "p", 10),
        projected("policy.activated", "p", 11),
        "UPDATE audit_progress SET next_idx = 10");
    assertThat(ledger.verify().output()).doesNotContain("it says that a policy", "A policy");

    ledger.tamper("UPDATE policy SET version = 1");
    assertChanged("A policy is active in version 1, and version 2 was activated last (p)");

    ledger.tamper(version(3, "[2]", "now() - interval '1 hour'"), "UPDATE policy SET version = 3");
    assertChanged("A policy has 3 versions for 2 activations in the log: versions were added (p)");

    ledger.tamper("UPDATE policy_version SET source = '[9]' WHERE version = 2");
    assertChanged("entry 11 (io.plumbline.policy.activated.v1, p): it says that a policy");
  }

  private static LedgerMessage activation(int version, String source) {
    return LedgerFixture.message(
        "policy-" + version,
        "io.plumbline.policy.activated.v1",
        "p",
        """
        {"policy":"p","version":%d,"target":"release","source":"%s","policyDigest":"%s"}
        """
            .formatted(version, source, Digest.ofText(source).hex()));
  }

  private static String version(int version, String source, String at) {
    return "INSERT INTO policy_version VALUES ('%s', 'p', %d, '%s', '%s', 'cleo', %s)"
        .formatted(ACME, version, source, Digest.ofText(source).hex(), at);
  }

  private static String projected(String type, String object, long index) {
    return """
    INSERT INTO audit_entry
    VALUES ('%s', %d, 'epoch', 'compliance', '%d', '%s', '%s', 'ada', 'RECORDED', NULL, NULL)
    """
        .formatted(ACME, index, index, type, object);
  }

  private static String approval(String event, String state, String requester, String at) {
    return """
    INSERT INTO approval VALUES ('%1$s', gen_random_uuid(), 1, '%2$s', 'waiver.requested', '%3$s', 'o/FINE_TUNING',
      '%4$s', '%5$s', '{}', '{}', '%6$s', %7$s, now(), 'ben', %7$s, NULL)
    """
        .formatted(
            ACME,
            UUID.nameUUIDFromBytes(event.getBytes(StandardCharsets.UTF_8)),
            REQUEST,
            DIGEST,
            requester,
            state,
            at);
  }

  private void assertChanged(String... what) {
    LedgerFixture.Verified verified = ledger.verify();
    assertThat(verified.output()).contains(what);
    assertThat(verified.exitCode()).isEqualTo(1);
  }
}
