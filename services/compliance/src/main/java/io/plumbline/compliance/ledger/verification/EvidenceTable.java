package io.plumbline.compliance.ledger.verification;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A table that is verified against the log. Row-level security shows one workspace at a time, so
 * each workspace is read by itself, including those that the log does not know.
 */
public enum EvidenceTable {
  AUDIT_ENTRY,
  APPROVAL,
  POLICY;

  /**
   * The SQL that, appended to a time, tests whether the log must have what was written then. The
   * log may lag behind by 15 minutes; beyond that governed writes stop.
   */
  public static final String SETTLED = " < now() - interval '15 minutes'";

  /**
   * Returns the number of rows of each workspace that has any.
   *
   * @param from the lowest index of the audit rows that are counted; has no effect on other tables
   */
  public SortedMap<UUID, Long> countRows(Connection connection, long from) throws SQLException {
    SortedMap<UUID, Long> rows = new TreeMap<>();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT workspace, number FROM evidence_rows(lower(?), ?)")) {
      select.setString(1, name());
      select.setLong(2, from);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.put(row.getObject("workspace", UUID.class), row.getLong("number"));
        }
      }
    }
    return rows;
  }

  /** Shows the rows of a workspace until the transaction ends or selects another workspace. */
  public static void enterWorkspace(Connection connection, UUID workspace) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("SELECT set_config('plumbline.workspace', ?, true)")) {
      set.setString(1, workspace.toString());
      set.execute();
    }
  }
}
