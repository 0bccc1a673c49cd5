package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.tree.Tile;
import io.plumbline.compliance.ledger.tree.TileBuilder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs the sequencer's SQL on one connection; the caller owns the transaction. It inserts rows and
 * never changes any, and it does not read the contents of messages.
 */
final class SequencerTables implements TileBuilder.Edge {

  private static final long SEQUENCER_LOCK = 0x706c756d_6c656467L;

  /**
   * The query part for the waiting messages. They are those behind the last entry of each
   * partition, because the messages of a partition are appended in order.
   */
  private static final String WAITING =
      """
      FROM ledger_partition p
      CROSS JOIN LATERAL (SELECT coalesce(max(position), (p.id::bigint << 40) - 1) AS position FROM ledger_entry
                          WHERE position >= p.id::bigint << 40 AND position < (p.id + 1)::bigint << 40) last
      CROSS JOIN LATERAL (SELECT * FROM ledger_message WHERE position > last.position
                          AND position < (p.id + 1)::bigint << 40 ORDER BY position LIMIT ?) m
      """;

  /**
   * A message that waits for its place.
   *
   * @param workspace the workspace that the message names; empty if it names none
   */
  record Pending(
      long position,
      byte[] contentDigest,
      String source,
      String eventId,
      String type,
      String subject,
      String workspace) {

    static Pending read(ResultSet row) throws SQLException {
      return new Pending(
          row.getLong("position"),
          row.getBytes("content_digest"),
          row.getString("source"),
          row.getString("event_id"),
          row.getString("type"),
          row.getString("subject"),
          Objects.requireNonNullElse(row.getString("workspace"), ""));
    }
  }

  private final Connection connection;

  SequencerTables(Connection connection) {
    this.connection = connection;
  }

  /**
   * Takes the lock for appending, if it is free, until the transaction ends. Returns whether it was
   * free; only then this transaction may append.
   */
  boolean tryLock() throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
      lock.setLong(1, SEQUENCER_LOCK);
      try (ResultSet answer = lock.executeQuery()) {
        return answer.next() && answer.getBoolean("pg_try_advisory_xact_lock");
      }
    }
  }

  /**
   * Returns the waiting messages.
   *
   * @param limit the maximum number from each partition
   */
  List<Pending> readPending(int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT m.position, m.content_digest, m.source, m.event_id, m.type, m.subject,"
                + " m.workspace "
                + WAITING)) {
      select.setInt(1, limit);
      return readRows(select);
    }
  }

  /** Returns the messages at these positions, in the same order, without those that are missing. */
  List<Pending> read(List<Long> positions) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT m.position, m.content_digest, m.source, m.event_id, m.type, m.subject, m.workspace
            FROM unnest(?::bigint[]) WITH ORDINALITY AS given (position, place)
              JOIN ledger_message m USING (position) ORDER BY given.place
            """)) {
      select.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
      return readRows(select);
    }
  }

  private static List<Pending> readRows(PreparedStatement select) throws SQLException {
    List<Pending> rows = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rows.add(Pending.read(row));
      }
    }
    return rows;
  }

  /** Counts the waiting messages, up to {@code limit} of each partition. */
  long countPending(int limit) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT count(*) " + WAITING)) {
      select.setInt(1, limit);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong("count");
      }
    }
  }

  /** Gives messages their places in the ledger, starting at {@code first}. */
  void insertEntries(List<Pending> rows, List<byte[]> leafHashes, long first) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO ledger_entry (idx, position, leaf_hash)
            SELECT ? + given.place - 1, given.position, given.leaf
            FROM unnest(?::bigint[], ?::bytea[]) WITH ORDINALITY AS given (position, leaf, place)
            """)) {
      insert.setLong(1, first);
      insert.setArray(
          2, connection.createArrayOf("bigint", rows.stream().map(Pending::position).toArray()));
      insert.setArray(3, connection.createArrayOf("bytea", leafHashes.toArray(byte[][]::new)));
      insert.executeUpdate();
    }
  }

  void insertTiles(List<Tile> tiles) throws SQLException {
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
    return readHashes(
        "SELECT leaf_hash AS hash FROM ledger_entry WHERE idx >= ? ORDER BY idx", first, null);
  }

  @Override
  public List<byte[]> tileRootsFrom(int level, long first) {
    return readHashes(
        "SELECT root AS hash FROM ledger_tile WHERE idx >= ? AND level = ? ORDER BY idx",
        first,
        level);
  }

  private List<byte[]> readHashes(String sql, long first, @Nullable Integer level) {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, first);
      if (level != null) {
        select.setInt(2, level);
      }
      List<byte[]> hashes = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          hashes.add(row.getBytes("hash"));
        }
      }
      return hashes;
    } catch (SQLException e) {
      throw new IllegalStateException("The right edge of the ledger's tree cannot be read", e);
    }
  }
}
