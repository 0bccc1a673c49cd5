package io.plumbline.inference.cache;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads which rows of which workspaces changed in the tables that are cached, whichever replica
 * changed them. It remembers PostgreSQL's snapshot of its last reading. A change is new if its
 * transaction was not visible then, so that one which was under way at the time is read later.
 */
@Component
class WorkspaceChanges {

  /** The age from which changes are deleted. */
  private static final Duration KEPT = Duration.ofHours(1);

  /** A table and a workspace whose rows changed. */
  record Change(UUID workspace, String relation) {}

  /**
   * A row of the answer, which has at least one.
   *
   * @param snapshot the snapshot of this reading
   * @param continued whether the database is the one of the last reading, or has moved on since
   */
  private record Row(
      String snapshot, boolean continued, @Nullable UUID workspace, @Nullable String relation) {}

  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private @Nullable String snapshot;
  private long readNanos;

  WorkspaceChanges(JdbcClient sql, PlatformTransactionManager transactions) {
    this.sql = sql;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Returns the changes since the last call; empty if anything may have changed. That is so at the
   * first call, after half of the time for which changes are kept, and when the database was
   * replaced by an older one, whose transactions have lower numbers.
   */
  synchronized Optional<Set<Change>> readNew() {
    String last = snapshot;
    long now = System.nanoTime();
    boolean outdated = now - readNanos > KEPT.dividedBy(2).toNanos();
    List<Row> rows = Objects.requireNonNull(transaction.execute(status -> readSince(last)));
    snapshot = rows.getFirst().snapshot;
    readNanos = now;
    if (last == null || outdated || !rows.getFirst().continued) {
      return Optional.empty();
    }
    Set<Change> changes = new HashSet<>();
    for (Row row : rows) {
      if (row.workspace != null && row.relation != null) {
        changes.add(new Change(row.workspace, row.relation));
      }
    }
    return Optional.of(changes);
  }

  private List<Row> readSince(@Nullable String last) {
    return sql.sql(
            """
            WITH known AS (SELECT coalesce(CAST(? AS pg_snapshot), pg_current_snapshot()) AS last)
            SELECT pg_current_snapshot()::text AS snapshot,
              pg_snapshot_xmax(pg_current_snapshot()) >= pg_snapshot_xmax(last) AS continued, workspace, relation
            FROM known LEFT JOIN workspace_change
              ON xid >= pg_snapshot_xmin(last) AND NOT pg_visible_in_snapshot(xid, last)
            """)
        .param(last)
        .query((row, index) ->
            new Row(
                row.getString("snapshot"),
                row.getBoolean("continued"),
                row.getObject("workspace", UUID.class),
                row.getString("relation")))
        .list();
  }

  void deleteOld() {
    transaction.executeWithoutResult(status ->
        sql.sql("DELETE FROM workspace_change WHERE changed_at < now() - make_interval(secs => ?)")
            .param(KEPT.toSeconds())
            .update());
  }
}
