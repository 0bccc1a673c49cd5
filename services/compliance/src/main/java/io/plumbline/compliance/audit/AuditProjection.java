package io.plumbline.compliance.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.compliance.ledger.LedgerReader;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Makes entries searchable, in the ledger's order and each once: how far it is and what it wrote
 * share a transaction.
 */
@Component
class AuditProjection {

  private static final int BATCH = 500;
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final String PREFIX = "io.plumbline.";
  private static final String SUFFIX = ".v1";

  private final LedgerReader ledger;
  private final JdbcClient sql;
  private final JdbcTemplate batches;
  private final JsonMapper json;
  private final MeterRegistry meters;

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
    this.meters = meters;
  }

  /**
   * @return whether there may be more
   */
  @Transactional
  public boolean advance() {
    long next =
        sql.sql("SELECT next_idx FROM audit_progress FOR UPDATE").query(Long.class).single();
    List<LedgerReader.Entry> entries = ledger.from(next, BATCH);
    if (entries.isEmpty()) {
      return false;
    }
    Map<UUID, List<LedgerReader.Entry>> byWorkspace = new LinkedHashMap<>();
    for (LedgerReader.Entry entry : entries) {
      if (entry.workspace() == null) {
        // It belongs to nobody who could search for it; the ledger keeps it.
        meters.counter("plumbline.audit.unattributed").increment();
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
        INSERT INTO audit_entry (workspace_id, idx, occurred_at, source, event_id, type, object, actor, outcome, trace_id, causation_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
        entries.stream().map(entry -> row(workspace, entry)).toList());
  }

  private @Nullable Object[] row(UUID workspace, LedgerReader.Entry entry) {
    String type = shortType(entry.type());
    Map<String, String> attributes = entry.attributes();
    return new @Nullable Object[] {
      workspace,
      entry.index(),
      Timestamp.from(time(attributes.get("ce_time"))),
      entry.source(),
      entry.eventId(),
      type,
      entry.subject(),
      clean(Objects.requireNonNullElse(attributes.get("ce_actor"), "")),
      EntryOutcome.of(type, payload(entry.value())),
      trace(attributes.get("ce_traceparent")),
      attributes.get("ce_causationid") == null ? null : clean(attributes.get("ce_causationid"))
    };
  }

  static String shortType(String type) {
    return type.startsWith(PREFIX) && type.endsWith(SUFFIX)
        ? type.substring(PREFIX.length(), type.length() - SUFFIX.length())
        : type;
  }

  private JsonNode payload(String value) {
    try {
      return json.readTree(value);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  /** The beginning of time for what names none that a calendar has. */
  private static Instant time(@Nullable String text) {
    try {
      Instant told = text == null ? Instant.EPOCH : Instant.parse(text);
      return told.isBefore(Instant.EPOCH) || told.isAfter(END_OF_TIME) ? Instant.EPOCH : told;
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  /** The trace id inside a W3C {@code traceparent}. */
  private static @Nullable String trace(@Nullable String traceparent) {
    String[] parts = traceparent == null ? new String[0] : traceparent.split("-", -1);
    return parts.length == 4 && parts[1].matches("[0-9a-f]{32}") ? parts[1] : null;
  }

  private static String clean(String text) {
    String shown = text.replace('\0', '\uFFFD');
    return shown.length() <= 200 ? shown : shown.substring(0, 200);
  }
}
