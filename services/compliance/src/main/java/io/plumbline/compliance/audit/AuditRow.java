package io.plumbline.compliance.audit;

import io.plumbline.compliance.ledger.LedgerReader;
import io.plumbline.compliance.ledger.entry.Refusal;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.data.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What of an entry can be searched. Anything may be in a message, so a field that is missing or
 * malformed gets a default instead of stopping the projection.
 *
 * @param occurredAt the epoch for a time that is missing, malformed or outside the calendar
 * @param type without prefix and version: {@code release.requested}
 * @param outcome as {@link EntryOutcome} derives it
 * @param traceId the trace id inside the W3C {@code traceparent}
 */
record AuditRow(
    long index,
    Instant occurredAt,
    String source,
    String eventId,
    String type,
    String object,
    String actor,
    String outcome,
    @Nullable String traceId,
    @Nullable String causationId) {

  /** Of {@code audit_entry}, in the order of {@link #of(ResultSet)}. */
  static final String COLUMNS =
      "idx, occurred_at, source, event_id, type, object, actor, outcome, trace_id, causation_id";

  private static final String REFUSED = "REFUSED";
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final int MAX_TEXT = 200;

  static AuditRow of(LedgerReader.Entry entry, JsonMapper json) {
    Refusal refusal = entry.refusal();
    return refusal == null ? event(entry, json) : refused(entry, refusal);
  }

  /**
   * Found by the type and object that it names, so that an intrusion can be looked for, and by no
   * actor and under no outcome of an event.
   */
  private static AuditRow refused(LedgerReader.Entry entry, Refusal refusal) {
    return new AuditRow(
        entry.index(),
        refusal.at().truncatedTo(ChronoUnit.MICROS),
        entry.source(),
        entry.eventId(),
        EventTypes.nameOf(entry.type()),
        entry.subject(),
        "",
        REFUSED,
        null,
        null);
  }

  private static AuditRow event(LedgerReader.Entry entry, JsonMapper json) {
    Map<String, String> attributes = entry.attributes();
    String type = EventTypes.nameOf(entry.type());
    String causationId = attributes.get("ce_causationid");
    return new AuditRow(
        entry.index(),
        time(attributes.get("ce_time")),
        entry.source(),
        entry.eventId(),
        type,
        entry.subject(),
        clean(Objects.requireNonNullElse(attributes.get("ce_actor"), "")),
        EntryOutcome.of(type, payload(entry.value(), json)),
        traceId(attributes.get("ce_traceparent")),
        causationId == null ? null : clean(causationId));
  }

  static AuditRow of(ResultSet row) throws SQLException {
    return new AuditRow(
        row.getLong(1),
        Columns.instant(row, 2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10));
  }

  private static JsonNode payload(String value, JsonMapper json) {
    try {
      return json.readTree(value);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private static Instant time(@Nullable String text) {
    try {
      // PostgreSQL holds no more, and the row is compared with the entry again.
      Instant time =
          text == null ? Instant.EPOCH : Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
      return time.isBefore(Instant.EPOCH) || time.isAfter(END_OF_TIME) ? Instant.EPOCH : time;
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  private static @Nullable String traceId(@Nullable String traceparent) {
    String[] parts = traceparent == null ? new String[0] : traceparent.split("-", -1);
    return parts.length == 4 && parts[1].matches("[0-9a-f]{32}") ? parts[1] : null;
  }

  /** PostgreSQL's text holds no NUL. */
  static String clean(String text) {
    String shown = text.replace('\0', '\uFFFD');
    return shown.length() <= MAX_TEXT ? shown : shown.substring(0, MAX_TEXT);
  }
}
