package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.entry.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The numbers of Kafka's partitions in the ledger, on one connection. The number of the partition
 * and the offset together form a 64-bit position, which is the primary key of a message.
 */
final class Partitions {

  private static final int OFFSET_BITS = 40;

  private record Name(String topic, int partition) {
    static Name of(Position position) {
      return new Name(position.topic(), position.partition());
    }
  }

  /**
   * The number of a partition.
   *
   * @param generation the number of times that the partition's topic was created anew
   */
  private record Numbered(long id, int generation) {}

  private final Connection connection;
  private final Map<Name, Numbered> known = new HashMap<>();

  private Partitions(Connection connection) {
    this.connection = connection;
  }

  /** Returns the numbers of all partitions and gives one to each new partition of the positions. */
  static Partitions of(Connection connection, Collection<Position> positions) throws SQLException {
    Partitions partitions = new Partitions(connection);
    partitions.load();
    List<Name> unknown =
        positions.stream()
            .map(Name::of)
            .distinct()
            .filter(name -> !partitions.known.containsKey(name))
            .toList();
    for (Name name : unknown) {
      partitions.insert(name, 0);
    }
    if (!unknown.isEmpty()) {
      partitions.load();
    }
    return partitions;
  }

  /** Numbers a partition anew, because its topic was created again and its offsets repeat. */
  static void renumber(Connection connection, Position position) throws SQLException {
    Partitions partitions = of(connection, List.of(position));
    partitions.insert(Name.of(position), partitions.generation(position) + 1);
  }

  /** Returns the 64-bit number of a position: that of its partition, followed by the offset. */
  long positionNumber(Position position) {
    if (position.offset() >= 1L << OFFSET_BITS) {
      throw new IllegalStateException(
          "The offset of " + position + " does not fit into " + OFFSET_BITS + " bits");
    }
    return (numberOf(position).id << OFFSET_BITS) | position.offset();
  }

  int generation(Position position) {
    return numberOf(position).generation;
  }

  private Numbered numberOf(Position position) {
    return Objects.requireNonNull(known.get(Name.of(position)));
  }

  private void load() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT topic, partition, id, generation FROM ledger_partition ORDER BY"
                    + " generation");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        known.put(
            new Name(row.getString("topic"), row.getInt("partition")),
            new Numbered(row.getLong("id"), row.getInt("generation")));
      }
    }
  }

  private void insert(Name name, int generation) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO ledger_partition (topic, partition, generation) VALUES (?, ?, ?) ON"
                + " CONFLICT DO NOTHING")) {
      insert.setString(1, name.topic);
      insert.setInt(2, name.partition);
      insert.setInt(3, generation);
      insert.executeUpdate();
    }
  }
}
