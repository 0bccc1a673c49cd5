package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.entry.StoredEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A further check of entries against another table. It runs while the entries are read, so that
 * they are read once. Several threads call it, each with different entries.
 */
public interface EntryCheck {

  /**
   * Checks some entries.
   *
   * @param connection a connection that sees the same state of the database as the entries
   * @param entries neighbouring entries, lowest index first
   */
  List<Finding> check(Connection connection, List<StoredEntry> entries) throws SQLException;

  /** Returns the findings that need all entries to have been checked; called once, at the end. */
  default List<Finding> finish(Connection connection) throws SQLException {
    return List.of();
  }
}
