package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.entry.KafkaPosition;
import io.plumbline.contracts.EventSource;
import io.plumbline.contracts.EventTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The positions in Kafka that the ledger has received. */
public final class ReceivedPositions {

  /** The consumer group of the ledger. */
  public static final String GROUP = "compliance-ledger";

  private ReceivedPositions() {}

  /** Returns the topics that the ledger receives. */
  public static Set<String> topics() {
    return EventTypes.SOURCES.stream()
        .map(source ->
            EventTypes.topicOf(
                Objects.requireNonNull(source.getAnnotation(EventSource.class)).value()))
        .collect(Collectors.toSet());
  }

  /** Returns the last position of each partition that was recorded or skipped. */
  public static List<KafkaPosition> lastPositions(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT DISTINCT ON (p.topic, p.partition) p.topic, p.partition,
                  greatest(
                    (SELECT max(position) FROM ledger_message
                     WHERE position >= p.id::bigint << 40 AND position < (p.id + 1)::bigint << 40),
                    (SELECT max(through) FROM ledger_skip
                     WHERE position >= p.id::bigint << 40 AND position < (p.id + 1)::bigint << 40))
                  - (p.id::bigint << 40) AS last_offset
                FROM ledger_partition p ORDER BY p.topic, p.partition, p.generation DESC
                """);
        ResultSet row = select.executeQuery()) {
      List<KafkaPosition> last = new ArrayList<>();
      while (row.next()) {
        long offset = row.getLong("last_offset");
        if (!row.wasNull()) {
          last.add(new KafkaPosition(row.getString("topic"), row.getInt("partition"), offset));
        }
      }
      return last;
    }
  }
}
