package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A set of read-only transactions that see the same state of the database, so that several threads
 * can verify it while it grows.
 */
public final class Snapshot implements AutoCloseable {

  /** Opens a connection. */
  @FunctionalInterface
  public interface Opener {
    Connection open() throws SQLException;
  }

  private static final Duration POLL = Duration.ofMillis(100);

  private final Opener opener;
  private final Connection main;
  private final String id;
  private final List<Connection> others = new ArrayList<>();

  public Snapshot(Opener opener) throws SQLException {
    this.opener = opener;
    this.main = begin(opener.open());
    try (Statement statement = main.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_export_snapshot()")) {
      row.next();
      this.id = row.getString("pg_export_snapshot");
    }
  }

  private static Connection begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    return connection;
  }

  /** Returns the connection of the first transaction, for the caller's thread. */
  public Connection main() {
    return main;
  }

  /**
   * Opens a connection with another transaction, for another thread. It is closed with the
   * snapshot.
   */
  synchronized Connection openConnection() throws SQLException {
    Connection connection = begin(opener.open());
    others.add(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION SNAPSHOT '" + id + "'");
    }
    return connection;
  }

  /**
   * Waits until a head over so many entries or more is kept, in what is committed now rather than
   * in the snapshot.
   *
   * @return false if none is kept within the time
   */
  boolean awaitKeptHead(long treeSize, Duration time) throws SQLException {
    long began = System.nanoTime();
    try (Connection connection = opener.open()) {
      do {
        Optional<SignedHead> kept = new SignedHeads(connection).newestKept();
        if (kept.isPresent() && kept.get().treeSize() >= treeSize) {
          return true;
        }
        LockSupport.parkNanos(POLL.toNanos());
      } while (System.nanoTime() - began < time.toNanos());
    }
    return false;
  }

  @Override
  public synchronized void close() throws SQLException {
    for (Connection connection : others) {
      end(connection);
    }
    end(main);
  }

  private static void end(Connection connection) throws SQLException {
    try (connection) {
      connection.rollback();
      connection.setReadOnly(false);
    }
  }
}
