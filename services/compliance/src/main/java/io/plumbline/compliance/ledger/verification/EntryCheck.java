package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.entry.StoredEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A further check of entries against another table, made where they are read, so that they are read
 * once. Called by several threads, each with entries of its own.
 */
public interface EntryCheck {

  /**
   * @param connection sees the same state as the entries
   * @param entries neighbours, lowest index first
   */
  List<Finding> check(Connection connection, List<StoredEntry> entries) throws SQLException;

  /** What can only be said when all entries were seen; called once, last. */
  default List<Finding> finish(Connection connection) throws SQLException {
    return List.of();
  }
}
