package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.entry.EntryContent;
import io.plumbline.compliance.ledger.entry.EntryIdentity;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.compliance.ledger.tree.Tile;
import io.plumbline.compliance.ledger.tree.TileBuilder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sequencer's SQL on one connection; the caller owns the transaction. Contents never leave the
 * database.
 */
final class SequencerTables implements TileBuilder.Edge {

  private static final long SEQUENCER_LOCK = 0x706c756d_6c656467L;

  /**
   * A message that waits for its index.
   *
   * @param workspace empty when the message names none
   * @param recordedDigest of the entry with the same source and id; absent when there is none
   */
  record Pending(
      long seq,
      byte[] contentDigest,
      String source,
      String eventId,
      String type,
      String subject,
      String workspace,
      byte @Nullable [] recordedDigest) {

    static Pending read(ResultSet row) throws SQLException {
      return new Pending(
          row.getLong(1),
          row.getBytes(2),
          row.getString(3),
          row.getString(4),
          row.getString(5),
          row.getString(6),
          Objects.requireNonNullElse(row.getString(7), ""),
          row.getBytes(8));
    }

    /** Whether the ledger has an entry of its source and id. */
    boolean isKnown() {
      return recordedDigest != null;
    }

    /** Whether that entry has this very content: it was only delivered again. */
    boolean isRecorded() {
      return Arrays.equals(recordedDigest, contentDigest);
    }
  }

  private final Connection connection;

  SequencerTables(Connection connection) {
    this.connection = connection;
  }

  /** Whether this transaction is the one that may append; until it ends no other may. */
  boolean lock() throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
      lock.setLong(1, SEQUENCER_LOCK);
      try (ResultSet answer = lock.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  List<Pending> pending(int limit) throws SQLException {
    List<Pending> rows = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT p.seq, p.content_digest, p.source, p.event_id, p.type, p.subject, p.workspace, e.content_digest
            FROM (SELECT * FROM ledger_pending ORDER BY seq LIMIT ?) p
            LEFT JOIN ledger_entry e ON e.event_id = p.event_id AND e.source = p.source ORDER BY p.seq
            """)) {
      select.setInt(1, limit);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(Pending.read(row));
        }
      }
    }
    return rows;
  }

  /** Moves messages to their indexes, {@code first} and following. */
  void move(List<Pending> rows, List<byte[]> leafHashes, long first) throws SQLException {
    Object[] sequence = rows.stream().map(Pending::seq).toArray();
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO ledger_entry (idx, source, event_id, type, subject, workspace, content_digest,
              leaf_hash, headers, value)
            SELECT ? + given.place - 1, p.source, p.event_id, p.type, p.subject, p.workspace, p.content_digest,
              given.leaf, p.headers, p.value
            FROM unnest(?::bigint[], ?::bytea[]) WITH ORDINALITY AS given (seq, leaf,
              place) JOIN ledger_pending p ON p.seq = given.seq
            """)) {
      insert.setLong(1, first);
      insert.setArray(2, connection.createArrayOf("bigint", sequence));
      insert.setArray(3, connection.createArrayOf("bytea", leafHashes.toArray(byte[][]::new)));
      expect(rows.size(), insert.executeUpdate());
    }
    drop(rows);
  }

  /** Removes messages from the pending ones. */
  void drop(List<Pending> rows) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM ledger_pending WHERE seq = ANY (?)")) {
      delete.setArray(
          1, connection.createArrayOf("bigint", rows.stream().map(Pending::seq).toArray()));
      expect(rows.size(), delete.executeUpdate());
    }
  }

  /**
   * Identifies a message, whose source and id belong to another, by where it was received; it is
   * appended with the next batch.
   */
  void rename(Pending row) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT headers, value, position FROM ledger_pending WHERE seq = ?")) {
      select.setLong(1, row.seq());
      try (ResultSet found = select.executeQuery()) {
        found.next();
        EntryContent content =
            new EntryContent(found.getBytes(1), found.getBytes(2))
                .with(LedgerMessage.header(found.getString(3)));
        EntryIdentity identity = EntryIdentity.of(content.decodeHeaders());
        if (!rename(row.seq(), identity, content)) {
          // It was received before, and that delivery waits already under its position.
          drop(List.of(row));
        }
      }
    }
  }

  private boolean rename(long seq, EntryIdentity identity, EntryContent content)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE ledger_pending SET source = ?, event_id = ?, content_digest = ?, headers = ?
            WHERE seq = ? AND NOT EXISTS (SELECT 1 FROM ledger_pending WHERE event_id = ? AND source = ?)
            """)) {
      update.setString(1, identity.source());
      update.setString(2, identity.eventId());
      update.setBytes(3, content.digest());
      update.setBytes(4, content.headers());
      update.setLong(5, seq);
      update.setString(6, identity.eventId());
      update.setString(7, identity.source());
      return update.executeUpdate() == 1;
    }
  }

  private static void expect(int expected, int actual) {
    if (expected != actual) {
      throw new IllegalStateException("Read " + expected + " pending rows, but moved " + actual);
    }
  }

  void store(List<Tile> tiles) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO ledger_tile (level, idx, hashes, root) VALUES (?, ?, ?, ?)")) {
      for (Tile tile : tiles) {
        insert.setInt(1, tile.level());
        insert.setLong(2, tile.index());
        insert.setBytes(3, tile.hashes());
        insert.setBytes(4, tile.root());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  @Override
  public List<byte[]> leavesFrom(long first) {
    return hashes("SELECT leaf_hash FROM ledger_entry WHERE idx >= ? ORDER BY idx", first, null);
  }

  @Override
  public List<byte[]> tileRootsFrom(int level, long first) {
    return hashes(
        "SELECT root FROM ledger_tile WHERE idx >= ? AND level = ? ORDER BY idx", first, level);
  }

  private List<byte[]> hashes(String sql, long first, @Nullable Integer level) {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, first);
      if (level != null) {
        select.setInt(2, level);
      }
      List<byte[]> hashes = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          hashes.add(row.getBytes(1));
        }
      }
      return hashes;
    } catch (SQLException e) {
      throw new IllegalStateException("The right edge of the ledger's tree cannot be read", e);
    }
  }
}
