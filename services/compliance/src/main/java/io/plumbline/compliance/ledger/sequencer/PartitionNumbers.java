package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.entry.KafkaPosition;
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
final class PartitionNumbers {

  private static final int OFFSET_BITS = 40;

  private record Name(String topic, int partition) {
    static Name of(KafkaPosition kafkaPosition) {
      return new Name(kafkaPosition.topic(), kafkaPosition.partition());
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

  private PartitionNumbers(Connection connection) {
    this.connection = connection;
  }

  /** Returns the numbers of all partitions and gives one to each new partition of the positions. */
  static PartitionNumbers of(Connection connection, Collection<KafkaPosition> positions)
      throws SQLException {
    PartitionNumbers partitionNumbers = new PartitionNumbers(connection);
    partitionNumbers.load();
    List<Name> unknown =
        positions.stream()
            .map(Name::of)
            .distinct()
            .filter(name -> !partitionNumbers.known.containsKey(name))
            .toList();
    for (Name name : unknown) {
      partitionNumbers.insert(name, 0);
    }
    if (!unknown.isEmpty()) {
      partitionNumbers.load();
    }
    return partitionNumbers;
  }

  /** Numbers a partition anew, because its topic was created again and its offsets repeat. */
  static void renumber(Connection connection, KafkaPosition kafkaPosition) throws SQLException {
    PartitionNumbers partitionNumbers = of(connection, List.of(kafkaPosition));
    partitionNumbers.insert(Name.of(kafkaPosition), partitionNumbers.generation(kafkaPosition) + 1);
  }

  /** Returns the 64-bit number of a position: that of its partition, followed by the offset. */
  long positionNumber(KafkaPosition kafkaPosition) {
    if (kafkaPosition.offset() >= 1L << OFFSET_BITS) {
      throw new IllegalStateException(
          "The offset of " + kafkaPosition + " does not fit into " + OFFSET_BITS + " bits");
    }
    return (numberOf(kafkaPosition).id << OFFSET_BITS) | kafkaPosition.offset();
  }

  int generation(KafkaPosition kafkaPosition) {
    return numberOf(kafkaPosition).generation;
  }

  private Numbered numberOf(KafkaPosition kafkaPosition) {
    return Objects.requireNonNull(known.get(Name.of(kafkaPosition)));
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
