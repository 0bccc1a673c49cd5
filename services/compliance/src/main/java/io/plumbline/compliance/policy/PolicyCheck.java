package io.plumbline.compliance.policy;

import io.plumbline.compliance.ledger.entry.StoredEntry;
import io.plumbline.compliance.ledger.verification.EntryCheck;
import io.plumbline.compliance.ledger.verification.EvidenceTable;
import io.plumbline.compliance.ledger.verification.Finding;
import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.event.EventReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Checks that policies and log agree: every recorded activation was made here with the source that
 * it carries, every version was recorded, and the active version is the newest.
 */
public final class PolicyCheck implements EntryCheck {

  private static final String TYPE = EventTypes.typeOf(PolicyActivated.class);

  private static final String VERSION =
      """
      SELECT v.source, v.digest, p.target FROM policy_version v JOIN policy p USING (workspace_id, name)
      WHERE v.workspace_id = ? AND v.name = ? AND v.version = ?
      """;

  private static final String POLICIES =
      """
      SELECT p.name, p.version, max(v.version) AS newest,
        count(*) FILTER (WHERE v.activated_at%s) AS activated,
        (SELECT count(*) FROM audit_entry e WHERE e.workspace_id = p.workspace_id AND e.object = p.name
         AND e.type = 'policy.activated' AND e.source = 'compliance') AS recorded
      FROM policy p JOIN policy_version v ON v.workspace_id = p.workspace_id AND v.name = p.name
      WHERE p.workspace_id = ? GROUP BY p.workspace_id, p.name, p.version ORDER BY p.name
      """
          .formatted(EvidenceTable.SETTLED);

  private final EventReader events;

  public PolicyCheck(EventReader events) {
    this.events = events;
  }

  @Override
  public List<Finding> check(Connection connection, List<StoredEntry> entries) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    for (StoredEntry entry : entries) {
      if (entry.type().equals(TYPE)
          && entry.isEvent()
          && !matchesStoredVersion(connection, entry)) {
        findings.add(
            Finding.of(
                entry,
                "it says that a policy was activated, and compliance has no such version of it"));
      }
    }
    return findings;
  }

  private boolean matchesStoredVersion(Connection connection, StoredEntry entry)
      throws SQLException {
    Optional<PolicyActivated> recorded =
        events.tryRead(entry.content().value(), PolicyActivated.class);
    if (recorded.isEmpty() || entry.workspace() == null) {
      return false;
    }
    PolicyActivated event = recorded.get();
    EvidenceTable.enterWorkspace(connection, entry.workspace());
    try (PreparedStatement select = connection.prepareStatement(VERSION)) {
      select.setObject(1, entry.workspace());
      select.setString(2, event.policy());
      select.setInt(3, event.version());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            && event.source().equals(row.getString("source"))
            && event.policyDigest().hex().equals(row.getString("digest"))
            && event.target().equals(row.getString("target"));
      }
    }
  }

  @Override
  public List<Finding> finish(Connection connection) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    for (UUID workspace : EvidenceTable.POLICY.countRows(connection, 0).keySet()) {
      EvidenceTable.enterWorkspace(connection, workspace);
      try (PreparedStatement select = connection.prepareStatement(POLICIES)) {
        select.setObject(1, workspace);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            compareVersions(row, findings);
          }
        }
      }
    }
    return findings;
  }

  private static void compareVersions(ResultSet row, List<Finding> findings) throws SQLException {
    if (row.getInt("version") != row.getInt("newest")) {
      findings.add(
          finding(
              row,
              "is active in version "
                  + row.getInt("version")
                  + ", and version "
                  + row.getInt("newest")
                  + " was activated last"));
    }
    if (row.getLong("activated") > row.getLong("recorded")) {
      findings.add(
          finding(
              row,
              "has "
                  + row.getLong("activated")
                  + " versions for "
                  + row.getLong("recorded")
                  + " activations in the log: versions were added"));
    }
  }

  private static Finding finding(ResultSet row, String what) throws SQLException {
    return new Finding(null, "", row.getString("name"), "A policy " + what);
  }
}
