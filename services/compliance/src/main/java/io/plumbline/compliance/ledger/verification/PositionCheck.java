package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.ReceivedPositions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks that every received offset is accounted for: it is recorded as a message or as skipped,
 * and every message before the last appended one of its partition is an entry. A row that was
 * erased while it waited leaves a gap. Nothing else leaves one, because topics are kept without
 * limit.
 */
final class PositionCheck {

  private static final int FETCH = 5_000;
  private static final int OFFSET_BITS = 40;
  private static final long OFFSET = (1L << OFFSET_BITS) - 1;
  private static final int MAX_FINDINGS = 20;

  private final Connection connection;
  private final Map<Long, String> partitions = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Set<Long> empty = new TreeSet<>();
  private long partition = Long.MIN_VALUE;
  private long next;
  private @Nullable Long waiting;

  PositionCheck(Connection connection) {
    this.connection = connection;
  }

  List<Finding> findings() throws SQLException {
    readPartitions();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT position, through, place FROM (
              SELECT m.position, m.position AS through, coalesce(e.idx, -1) AS place
              FROM ledger_message m LEFT JOIN ledger_entry e ON e.position = m.position
              UNION ALL SELECT position, through, NULL FROM ledger_skip) AS received ORDER BY position
            """,
            ResultSet.TYPE_FORWARD_ONLY,
            ResultSet.CONCUR_READ_ONLY)) {
      select.setFetchSize(FETCH);
      try (ResultSet row = select.executeQuery()) {
        while (row.next() && findings.size() < MAX_FINDINGS) {
          Long place = row.getObject("place", Long.class);
          checkReceived(
              row.getLong("position"), row.getLong("through"), place == null ? null : place >= 0);
        }
      }
    }
    if (findings.size() < MAX_FINDINGS) {
      empty.forEach(this::reportErasedPartition);
    }
    return findings;
  }

  private void reportErasedPartition(long number) {
    findings.add(
        Finding.general(
            "No row is left of "
                + partitions.get(number)
                + ", although its messages were received: they were erased before they were"
                + " appended"));
  }

  /**
   * Compares the next received positions with those that were expected.
   *
   * @param appended whether the message is an entry; absent for skipped positions
   */
  private void checkReceived(long position, long through, @Nullable Boolean appended) {
    if (position >> OFFSET_BITS != partition) {
      partition = position >> OFFSET_BITS;
      // Topics are kept without limit, so the first received offset of a partition is 0.
      next = partition << OFFSET_BITS;
      waiting = null;
      empty.remove(partition);
      if (!partitions.containsKey(partition)) {
        findings.add(
            Finding.general("Position " + position + " does not belong to any known partition"));
      }
    }
    if (position > next) {
      findings.add(
          Finding.general(
              offsetsInWords(next, position - 1)
                  + " received, and neither is an entry nor was skipped: the row was erased before"
                  + " it was appended"));
    }
    next = Math.max(next, through + 1);
    if (appended == null) {
      return;
    }
    if (!appended && waiting == null) {
      waiting = position;
    } else if (appended && waiting != null) {
      findings.add(
          Finding.general(
              offsetsInWords(waiting, waiting)
                  + " received and never appended, though a later one was"));
      waiting = null;
    }
  }

  private String offsetsInWords(long first, long last) {
    String name = partitions.getOrDefault(partition, "an unknown partition");
    if (first == last) {
      return "Offset " + (first & OFFSET) + " of " + name + " was";
    }
    return "Offsets " + (first & OFFSET) + " to " + (last & OFFSET) + " of " + name + " were";
  }

  private void readPartitions() throws SQLException {
    Set<String> topics = ReceivedPositions.topics();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT id, topic, partition, generation FROM ledger_partition")) {
      while (row.next()) {
        String name = row.getString("topic") + ", partition " + row.getInt("partition");
        partitions.put(row.getLong("id"), name);
        if (!topics.contains(row.getString("topic"))) {
          findings.add(
              Finding.general(
                  name + " belongs to no topic of a service: its messages were inserted"));
        }
        // The partition of a topic that was created anew has no message for a moment.
        if (row.getInt("generation") == 0) {
          empty.add(row.getLong("id"));
        }
      }
    }
  }
}
