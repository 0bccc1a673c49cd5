package io.plumbline.compliance.approval;

import io.plumbline.compliance.ledger.entry.StoredEntry;
import io.plumbline.compliance.ledger.verification.EntryCheck;
import io.plumbline.compliance.ledger.verification.EvidenceTable;
import io.plumbline.compliance.ledger.verification.Finding;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.platform.event.EventReader;
import io.plumbline.policy.PolicyEngine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Checks that approvals and log agree. Every recorded decision was made here, every decision made
 * here was recorded, every approval matches the event that it names as its request, and every
 * release that serves was approved. Decisions that policies made in the place of a person are
 * computed again with the policies that were in force according to the log.
 */
public final class ApprovalCheck implements EntryCheck {

  private static final String RELEASE_CHANGED = EventTypes.typeOf(ReleaseChanged.class);
  private static final Set<ReleaseState> SERVING =
      EnumSet.of(ReleaseState.CANARY, ReleaseState.ACTIVE);
  private static final String IS_APPROVED =
      """
      SELECT FROM approval
      WHERE workspace_id = ? AND request_id = ? AND subject_digest = ? AND state = 'APPROVED'
      """;

  private final EventReader events;
  private final PolicyEngine engine;

  public ApprovalCheck(EventReader events, PolicyEngine engine) {
    this.events = events;
    this.engine = engine;
  }

  @Override
  public List<Finding> check(Connection connection, List<StoredEntry> entries) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    for (StoredEntry entry : entries) {
      if (!entry.isEvent()) {
        continue;
      }
      if (entry.type().equals(RecordedDecisions.TYPE)
          && !matchesStoredDecision(connection, entry)) {
        findings.add(
            Finding.of(
                entry,
                "it says that a request was decided, and no such decision was made: it was not"
                    + " recorded by compliance"));
      }
      if (entry.type().equals(RELEASE_CHANGED) && servesUnapproved(connection, entry)) {
        findings.add(
            Finding.of(entry, "it says that a release serves, and that release was not approved"));
      }
    }
    return findings;
  }

  private boolean servesUnapproved(Connection connection, StoredEntry entry) throws SQLException {
    Optional<ReleaseChanged> change = events.tryRead(entry.content().value(), ReleaseChanged.class);
    if (change.isPresent() && !SERVING.contains(change.get().state())) {
      return false;
    }
    if (change.isEmpty() || entry.workspace() == null) {
      return true;
    }
    // An event without a variant is none that the service writes, and must not end the check.
    Optional<Digest> variant = Optional.ofNullable(change.get().variantDigest());
    EvidenceTable.enterWorkspace(connection, entry.workspace());
    try (PreparedStatement select = connection.prepareStatement(IS_APPROVED)) {
      select.setObject(1, entry.workspace());
      select.setObject(2, change.get().releaseId());
      select.setString(3, variant.map(Digest::hex).orElse(""));
      try (ResultSet row = select.executeQuery()) {
        return !row.next();
      }
    }
  }

  private boolean matchesStoredDecision(Connection connection, StoredEntry entry)
      throws SQLException {
    Optional<RecordedDecision> recorded = RecordedDecision.ofEvent(entry.content().value(), events);
    if (recorded.isEmpty() || entry.workspace() == null) {
      return false;
    }
    EvidenceTable.enterWorkspace(connection, entry.workspace());
    try (PreparedStatement select =
        connection.prepareStatement(
            RecordedDecision.SELECT + " WHERE workspace_id = ? AND id = ?")) {
      select.setObject(1, entry.workspace());
      select.setObject(2, recorded.get().approvalId());
      try (ResultSet row = select.executeQuery()) {
        return row.next() && recorded.get().equals(RecordedDecision.ofRow(row));
      }
    }
  }

  @Override
  public List<Finding> finish(Connection connection) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    for (UUID workspace : EvidenceTable.APPROVAL.countRows(connection, 0).keySet()) {
      EvidenceTable.enterWorkspace(connection, workspace);
      findings.addAll(new StoredApprovalCheck(connection, workspace, events, engine).findings());
    }
    return findings;
  }
}
