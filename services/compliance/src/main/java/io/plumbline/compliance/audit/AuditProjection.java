package io.plumbline.compliance.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.compliance.ledger.LedgerReader;
import io.plumbline.platform.observability.Metrics;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Copies entries into a table that can be searched, in the ledger's order and each exactly once,
 * because the rows and the progress are committed in the same transaction.
 */
@Component
class AuditProjection {

  private static final int BATCH = 500;

  private final LedgerReader ledger;
  private final JdbcClient sql;
  private final JdbcTemplate batches;
  private final JsonMapper json;
  private final Counter unattributed;

  AuditProjection(
      LedgerReader ledger,
      JdbcClient sql,
      JdbcTemplate batches,
      JsonMapper json,
      MeterRegistry meters) {
    this.ledger = ledger;
    this.sql = sql;
    this.batches = batches;
    this.json = json;
    this.unattributed = Metrics.AUDIT_UNATTRIBUTED.counter(meters);
  }

  /**
   * Copies the next batch of ledger entries into the audit's table.
   *
   * @return whether there may be more
   */
  @Transactional
  public boolean projectNextBatch() {
    long next =
        sql.sql("SELECT next_idx FROM audit_progress FOR UPDATE").query(Long.class).single();
    List<LedgerReader.Entry> entries = ledger.entriesFrom(next, BATCH);
    if (entries.isEmpty()) {
      return false;
    }
    Map<UUID, List<LedgerReader.Entry>> byWorkspace = new LinkedHashMap<>();
    for (LedgerReader.Entry entry : entries) {
      if (entry.workspace() == null) {
        // No workspace could search for this entry, so only the ledger keeps it.
        unattributed.increment();
      } else {
        byWorkspace.computeIfAbsent(entry.workspace(), workspace -> new ArrayList<>()).add(entry);
      }
    }
    byWorkspace.forEach(this::insert);
    sql.sql("UPDATE audit_progress SET next_idx = ?")
        .params(entries.getLast().index() + 1)
        .update();
    return entries.size() == BATCH;
  }

  private void insert(UUID workspace, List<LedgerReader.Entry> entries) {
    // Row-level security checks each row against the transaction's workspace, which here changes
    // from group to group.
    sql.sql("SELECT set_config('plumbline.workspace', ?, true)")
        .params(workspace.toString())
        .query(String.class)
        .single();
    batches.batchUpdate(
        """
        INSERT INTO audit_entry (workspace_id, idx, occurred_at, source, event_id, type, object, actor,
          outcome, trace_id, causation_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
        entries.stream().map(entry -> values(workspace, AuditRow.of(entry, json))).toList());
  }

  private static @Nullable Object[] values(UUID workspace, AuditRow row) {
    return new @Nullable Object[] {
      workspace,
      row.index(),
      Timestamp.from(row.occurredAt()),
      row.source(),
      row.eventId(),
      row.type(),
      row.object(),
      row.actor(),
      row.outcome(),
      row.traceId(),
      row.causationId()
    };
  }
}
