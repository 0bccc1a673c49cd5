package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.entry.SkippedMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Records the positions that were received and do not become entries, as runs of neighbours. */
final class SkippedOffsets {

  private record Run(long position, long through, String reason) {}

  private final Connection connection;
  private final PartitionNumbers partitionNumbers;

  SkippedOffsets(Connection connection, PartitionNumbers partitionNumbers) {
    this.connection = connection;
    this.partitionNumbers = partitionNumbers;
  }

  void record(List<SkippedMessage> skipped) throws SQLException {
    if (skipped.isEmpty()) {
      return;
    }
    List<Run> runs = mergeRuns(skipped);
    // Messages that are delivered again may form other runs, so only the part of a run behind the
    // known ones is new.
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO ledger_skip (position, through, reason)
            SELECT greatest(run.position, known.through + 1), run.through, run.reason
            FROM unnest(?::bigint[], ?::bigint[], ?::text[]) AS run (position, through, reason)
            LEFT JOIN LATERAL (SELECT through FROM ledger_skip WHERE position <= run.through
                               ORDER BY position DESC LIMIT 1) known ON true
            WHERE known.through IS NULL OR known.through < run.through
            ON CONFLICT DO NOTHING
            """)) {
      insert.setArray(
          1, connection.createArrayOf("bigint", runs.stream().map(Run::position).toArray()));
      insert.setArray(
          2, connection.createArrayOf("bigint", runs.stream().map(Run::through).toArray()));
      insert.setArray(
          3, connection.createArrayOf("text", runs.stream().map(Run::reason).toArray()));
      insert.executeUpdate();
    }
  }

  private List<Run> mergeRuns(List<SkippedMessage> skipped) {
    List<Run> single =
        skipped.stream()
            .map(each -> {
              long position = partitionNumbers.positionNumber(each.position());
              return new Run(position, position, each.reason());
            })
            .sorted(Comparator.comparingLong(Run::position))
            .toList();
    List<Run> runs = new ArrayList<>();
    for (Run next : single) {
      Run last = runs.isEmpty() ? null : runs.getLast();
      if (last != null && next.position <= last.through + 1 && next.reason.equals(last.reason)) {
        runs.removeLast();
        runs.add(new Run(last.position, next.through, last.reason));
      } else {
        runs.add(next);
      }
    }
    return runs;
  }
}
