package io.plumbline.compliance.audit;

import io.plumbline.compliance.approval.RecordedDecisions;
import io.plumbline.compliance.ledger.LedgerReader;
import io.plumbline.compliance.ledger.entry.EntryIdentity;
import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** Finds entries of the caller's workspace. */
@Service
public class AuditSearch {

  private static final String SELECT =
      "SELECT " + AuditRow.COLUMNS + " FROM audit_entry a WHERE a.workspace_id = ? AND ";

  private final JdbcClient sql;
  private final LedgerReader ledger;
  private final RecordedDecisions decisions;
  private final JsonMapper json;

  AuditSearch(JdbcClient sql, LedgerReader ledger, RecordedDecisions decisions, JsonMapper json) {
    this.sql = sql;
    this.ledger = ledger;
    this.decisions = decisions;
    this.json = json;
  }

  /** Returns a page of the entries that match, newest first. */
  @Transactional(readOnly = true)
  public Page<AuditEntry> searchNewest(AuditFilter filter, PageRequest page) {
    long before = page.after(Long::valueOf, Long.MAX_VALUE);
    List<Object> values = new ArrayList<>(List.of(workspace()));
    values.addAll(filter.sqlValues());
    values.add(before);
    values.add(page.fetchSize());
    Page<AuditRow> rows =
        Page.of(
            rows(
                SELECT + filter.sqlCondition() + " AND a.idx < ? ORDER BY a.idx DESC LIMIT ?",
                values),
            page,
            row -> List.of(Long.toString(row.index())),
            count(filter));
    return rows.withItems(entriesOf(rows.items()));
  }

  /** Returns a page of the workspace's entries from an index on, oldest first. */
  @Transactional(readOnly = true)
  public Page<AuditEntry> listFrom(long first, PageRequest page) {
    AuditFilter all = AuditFilter.ALL;
    Page<AuditRow> rows =
        Page.of(
            rows(all, first, Long.MAX_VALUE, page.fetchSize()),
            page,
            row -> List.of(Long.toString(row.index() + 1)),
            count(all));
    return rows.withItems(entriesOf(rows.items()));
  }

  /**
   * The entries of a range.
   *
   * @param next the index from which the search goes on; absent when nothing follows
   */
  public record Chunk(List<AuditEntry> entries, @Nullable Long next) {}

  /**
   * Returns the entries that match in a range of indexes, in the ledger's order. A row whose entry
   * is gone gives no entry and does not end the search.
   */
  @Transactional(readOnly = true)
  public Chunk readChunk(AuditFilter filter, long first, long through, int limit) {
    List<AuditRow> rows = rows(filter, first, through, limit);
    return new Chunk(entriesOf(rows), rows.size() < limit ? null : rows.getLast().index() + 1);
  }

  private List<AuditRow> rows(AuditFilter filter, long first, long through, int limit) {
    List<Object> values = new ArrayList<>(List.of(workspace()));
    values.addAll(filter.sqlValues());
    values.addAll(List.of(first, through, limit));
    return rows(
        SELECT + filter.sqlCondition() + " AND a.idx >= ? AND a.idx <= ? ORDER BY a.idx LIMIT ?",
        values);
  }

  @Transactional(readOnly = true)
  public AuditEntry getEntry(long index) {
    return findEntries(SELECT + "a.idx = ?", List.of(workspace(), index)).stream()
        .findFirst()
        .orElseThrow(Problem::notFound);
  }

  /**
   * Returns the former event of the same type and object, which has the state that this one
   * changed. Refused messages are left out, because they changed nothing.
   */
  @Transactional(readOnly = true)
  public Optional<AuditEntry> formerEntry(AuditEntry entry) {
    return findEntries(
            SELECT
                + "a.type = ? AND a.object = ? AND a.source <> ? AND a.idx < ? ORDER BY a.idx DESC"
                + " LIMIT 1",
            List.of(
                workspace(),
                entry.type(),
                entry.object(),
                EntryIdentity.BY_POSITION,
                entry.index()))
        .stream()
        .findFirst();
  }

  /**
   * Returns whether the ledger has an event of a type about an object from the service that may
   * write it.
   */
  @Transactional(readOnly = true)
  public boolean hasEvent(Class<? extends Event> event, String object) {
    String type = EventTypes.nameOf(event);
    return findEntries(
            SELECT + "a.type = ? AND a.object = ? AND a.source <> ? LIMIT 1",
            List.of(workspace(), type, object, EntryIdentity.BY_POSITION))
        .stream()
        .anyMatch(entry ->
            entry.type().equals(type)
                && entry.object().equals(object)
                && !entry.warnings().contains(EntryWarning.NOT_AUTHENTIC));
  }

  /** Counts the entries that match, up to the limit of a page total. */
  @Transactional(readOnly = true)
  public long count(AuditFilter filter) {
    List<Object> values = new ArrayList<>(List.of(workspace()));
    values.addAll(filter.sqlValues());
    return Page.countRows(
        sql,
        "audit_entry a WHERE a.workspace_id = ? AND " + filter.sqlCondition(),
        values.toArray());
  }

  /**
   * Returns the highest index of the workspace's entries that the audit has so far; -1 before the
   * first entry.
   */
  @Transactional(readOnly = true)
  public long lastIndex() {
    return sql.sql("SELECT coalesce(max(idx), -1) FROM audit_entry WHERE workspace_id = ?")
        .params(workspace())
        .query(Long.class)
        .single();
  }

  private List<AuditEntry> findEntries(String query, List<Object> values) {
    return entriesOf(rows(query, values));
  }

  private List<AuditRow> rows(String query, List<Object> values) {
    return sql.sql(query).params(values).query((row, number) -> AuditRow.of(row)).list();
  }

  /** Returns the entries of the rows from the log, in the order of the rows. */
  private List<AuditEntry> entriesOf(List<AuditRow> found) {
    if (found.isEmpty()) {
      return List.of();
    }
    Map<Long, LedgerReader.Entry> byIndex =
        ledger.entriesAt(found.stream().map(AuditRow::index).toList()).stream()
            .filter(entry -> workspace().equals(entry.workspace()))
            .collect(Collectors.toMap(LedgerReader.Entry::index, Function.identity()));
    return found.stream()
        .flatMap(row ->
            Optional.ofNullable(byIndex.get(row.index()))
                .map(entry -> toEntry(row, entry))
                .stream())
        .toList();
  }

  /**
   * Builds the shown entry from the log itself. The row of the audit only served to find it; a
   * difference between the two is a warning.
   */
  private AuditEntry toEntry(AuditRow found, LedgerReader.Entry entry) {
    AuditRow row = AuditRow.of(entry, json);
    List<EntryWarning> warnings = new ArrayList<>();
    if (entry.refusal() != null) {
      warnings.add(EntryWarning.NOT_AUTHENTIC);
    } else if (entry.type().equals(RecordedDecisions.TYPE) && !decisions.wasMade(entry.value())) {
      warnings.add(EntryWarning.NO_SUCH_DECISION);
    }
    if (!row.equals(found)) {
      warnings.add(EntryWarning.PROJECTION_CHANGED);
    }
    return new AuditEntry(
        row.index(),
        row.occurredAt(),
        row.source(),
        row.eventId(),
        row.type(),
        row.object(),
        row.actor(),
        entry.refusal() == null ? rolesIn(entry.attributes()) : null,
        row.outcome(),
        List.copyOf(warnings),
        row.traceId(),
        row.causationId(),
        entry.leafHash(),
        entry.contentDigest(),
        entry.attributes(),
        payload(entry.value()));
  }

  private static @Nullable List<String> rolesIn(Map<String, String> attributes) {
    String roles = attributes.get("ce_roles");
    return roles == null ? null : List.of(roles.split(","));
  }

  /** Returns the payload; one that is not JSON is shown as text. */
  private JsonNode payload(String value) {
    try {
      return json.readTree(value);
    } catch (JacksonException e) {
      return StringNode.valueOf(value);
    }
  }

  private static Object workspace() {
    return Caller.current().workspace();
  }
}
