package io.plumbline.compliance.audit;

import io.plumbline.compliance.ledger.LedgerReader;
import io.plumbline.compliance.ledger.entry.Refusal;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.body.StorableText;
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
 * The fields of an entry that can be searched. Anything may be in a message, so a field that is
 * missing or malformed gets a default instead of stopping the projection.
 *
 * @param occurredAt the time of the event; the epoch if that is missing, malformed, before 1970 or
 *     after the year 9999
 * @param type the type without prefix and version, such as {@code release.requested}
 * @param outcome the outcome that {@link EntryOutcome} derives
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

  /** The columns of {@code audit_entry} that {@link #of(ResultSet)} reads. */
  static final String COLUMNS =
      "idx, occurred_at, source, event_id, type, object, actor, outcome, trace_id, causation_id";

  private static final String REFUSED = "REFUSED";
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final int MAX_TEXT = 200;

  static AuditRow of(LedgerReader.Entry entry, JsonMapper json) {
    Refusal refusal = entry.refusal();
    return refusal == null ? ofEvent(entry, json) : ofRefused(entry, refusal);
  }

  /**
   * Returns the row of a refused message. A search finds it by the type and object that it names,
   * so that intrusions can be investigated. No search by an actor or by the outcome of an event
   * finds it.
   */
  private static AuditRow ofRefused(LedgerReader.Entry entry, Refusal refusal) {
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

  private static AuditRow ofEvent(LedgerReader.Entry entry, JsonMapper json) {
    Map<String, String> attributes = entry.attributes();
    String type = EventTypes.nameOf(entry.type());
    String causationId = attributes.get("ce_causationid");
    return new AuditRow(
        entry.index(),
        timeOrEpoch(attributes.get("ce_time")),
        entry.source(),
        entry.eventId(),
        type,
        entry.subject(),
        toStorable(Objects.requireNonNullElse(attributes.get("ce_actor"), "")),
        EntryOutcome.of(type, payload(entry.value(), json)),
        traceId(attributes.get("ce_traceparent")),
        causationId == null ? null : toStorable(causationId));
  }

  static AuditRow of(ResultSet row) throws SQLException {
    return new AuditRow(
        row.getLong("idx"),
        Columns.instant(row, "occurred_at"),
        row.getString("source"),
        row.getString("event_id"),
        row.getString("type"),
        row.getString("object"),
        row.getString("actor"),
        row.getString("outcome"),
        row.getString("trace_id"),
        row.getString("causation_id"));
  }

  private static JsonNode payload(String value, JsonMapper json) {
    try {
      return json.readTree(value);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private static Instant timeOrEpoch(@Nullable String text) {
    if (text == null) {
      return Instant.EPOCH;
    }
    try {
      // PostgreSQL stores microseconds, and the stored row is compared with the entry again.
      Instant time = Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
      if (time.isBefore(Instant.EPOCH) || time.isAfter(END_OF_TIME)) {
        return Instant.EPOCH;
      }
      return time;
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  private static @Nullable String traceId(@Nullable String traceparent) {
    if (traceparent == null) {
      return null;
    }
    String[] parts = traceparent.split("-", -1);
    return parts.length == 4 && parts[1].matches("[0-9a-f]{32}") ? parts[1] : null;
  }

  /**
   * Returns a text that a column can hold: without NUL, which PostgreSQL cannot store, and cut to
   * the maximum length.
   */
  static String toStorable(String text) {
    return StorableText.truncate(text.replace('\0', '\uFFFD'), MAX_TEXT);
  }
}
