package io.plumbline.compliance.audit;

import io.plumbline.compliance.ledger.LedgerReader;
import io.plumbline.compliance.ledger.entry.StoredEntry;
import io.plumbline.compliance.ledger.verification.EntryCheck;
import io.plumbline.compliance.ledger.verification.EvidenceTable;
import io.plumbline.compliance.ledger.verification.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks that the audit's rows are exactly those that follow from the log's bytes, none missing and
 * none added. Row-level security shows one workspace at a time, so each workspace is read by
 * itself.
 */
public final class ProjectionCheck implements EntryCheck {

  private record Place(UUID workspace, long index) {}

  private final JsonMapper json;
  private final long projected;
  private final Map<UUID, AtomicLong> expected = new ConcurrentHashMap<>();
  private final AtomicLong first;

  /**
   * Reads how far the projection has come; later entries are not expected in the audit.
   *
   * @param connection the connection to the audit's database
   */
  public ProjectionCheck(Connection connection, JsonMapper json) throws SQLException {
    this.json = json;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT next_idx FROM audit_progress")) {
      this.projected = row.next() ? row.getLong("next_idx") : 0;
    }
    // If no entry is checked, only rows from this index on are counted, and none is expected.
    this.first = new AtomicLong(projected);
  }

  @Override
  public List<Finding> check(Connection connection, List<StoredEntry> entries) throws SQLException {
    List<StoredEntry> searchable =
        entries.stream()
            .filter(entry -> entry.hasContent() && entry.index() < projected)
            .filter(entry -> entry.workspace() != null)
            .toList();
    if (entries.isEmpty()) {
      return List.of();
    }
    first.accumulateAndGet(entries.getFirst().index(), Math::min);
    Map<Place, AuditRow> rows = new HashMap<>();
    for (UUID workspace : searchable.stream().map(StoredEntry::workspace).distinct().toList()) {
      readRows(connection, workspace, entries.getFirst().index(), entries.getLast().index(), rows);
    }
    List<Finding> findings = new ArrayList<>();
    for (StoredEntry entry : searchable) {
      UUID workspace = entry.workspace();
      if (workspace == null) {
        continue;
      }
      expected.computeIfAbsent(workspace, any -> new AtomicLong()).incrementAndGet();
      AuditRow row = rows.remove(new Place(workspace, entry.index()));
      if (row == null) {
        findings.add(
            Finding.of(entry, "the audit of its workspace does not have it: its row was removed"));
      } else if (!row.equals(AuditRow.of(LedgerReader.Entry.of(entry), json))) {
        findings.add(
            Finding.of(
                entry, "its row in the audit was changed: it no longer says what the entry does"));
      }
    }
    rows.forEach((place, row) ->
        findings.add(
            new Finding(
                place.index(),
                row.type(),
                row.object(),
                "the audit shows it to a workspace to which it does not belong: the row was"
                    + " added")));
    return findings;
  }

  private static void readRows(
      Connection connection, UUID workspace, long from, long through, Map<Place, AuditRow> rows)
      throws SQLException {
    EvidenceTable.enterWorkspace(connection, workspace);
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + AuditRow.COLUMNS
                + " FROM audit_entry WHERE workspace_id = ? AND idx >= ? AND idx <= ?")) {
      select.setObject(1, workspace);
      select.setLong(2, from);
      select.setLong(3, through);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          AuditRow found = AuditRow.of(row);
          rows.put(new Place(workspace, found.index()), found);
        }
      }
    }
  }

  /**
   * Counts the rows of every workspace. Only the count finds a row that was added to a workspace
   * without any entry in the batch, or without any entry at all, because such rows are never read.
   */
  @Override
  public List<Finding> finish(Connection connection) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    EvidenceTable.AUDIT_ENTRY
        .countRows(connection, first.get())
        .forEach((workspace, rows) -> {
          long entries = expected.getOrDefault(workspace, new AtomicLong()).get();
          if (rows > entries) {
            findings.add(
                new Finding(
                    null,
                    "",
                    workspace.toString(),
                    "The audit of a workspace has "
                        + rows
                        + " rows for "
                        + entries
                        + " entries: rows were added"));
          }
        });
    return findings;
  }
}
