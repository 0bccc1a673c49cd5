package io.plumbline.compliance.audit;

import io.plumbline.compliance.ledger.LedgerReader;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.time.Instant;
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

  private record Found(
      long index,
      Instant occurredAt,
      String type,
      String object,
      String actor,
      String outcome,
      @Nullable String traceId,
      @Nullable String causationId) {}

  private static final String COLUMNS =
      "SELECT a.idx, a.occurred_at, a.type, a.object, a.actor, a.outcome, a.trace_id,"
          + " a.causation_id FROM audit_entry a WHERE a.workspace_id = ? AND ";

  private final JdbcClient sql;
  private final LedgerReader ledger;
  private final JsonMapper json;

  AuditSearch(JdbcClient sql, LedgerReader ledger, JsonMapper json) {
    this.sql = sql;
    this.ledger = ledger;
    this.json = json;
  }

  /** Newest first. */
  @Transactional(readOnly = true)
  public Page<AuditEntry> newest(AuditFilter filter, PageRequest page) {
    long before = page.after(Long::valueOf, Long.MAX_VALUE);
    List<Object> values = new ArrayList<>(List.of(workspace()));
    values.addAll(filter.values());
    values.add(before);
    values.add(page.fetch());
    List<AuditEntry> entries =
        read(COLUMNS + filter.condition() + " AND a.idx < ? ORDER BY a.idx DESC LIMIT ?", values)
            .reversed();
    return Page.of(entries, page, entry -> List.of(Long.toString(entry.index())), count(filter));
  }

  /** In the ledger's order, from an index on. */
  @Transactional(readOnly = true)
  public List<AuditEntry> from(AuditFilter filter, long first, long through, int limit) {
    List<Object> values = new ArrayList<>(List.of(workspace()));
    values.addAll(filter.values());
    values.addAll(List.of(first, through, limit));
    return read(
        COLUMNS + filter.condition() + " AND a.idx >= ? AND a.idx <= ? ORDER BY a.idx LIMIT ?",
        values);
  }

  @Transactional(readOnly = true)
  public AuditEntry entry(long index) {
    return read(COLUMNS + "a.idx = ?", List.of(workspace(), index)).stream()
        .findFirst()
        .orElseThrow(Problem::notFound);
  }

  /** The former entry of the same type and object: the state that this one changed. */
  @Transactional(readOnly = true)
  public Optional<AuditEntry> before(AuditEntry entry) {
    return read(
            COLUMNS + "a.type = ? AND a.object = ? AND a.idx < ? ORDER BY a.idx DESC LIMIT 1",
            List.of(workspace(), entry.type(), entry.object(), entry.index()))
        .stream()
        .findFirst();
  }

  /** How many match, counted up to the limit of a page total. */
  @Transactional(readOnly = true)
  public long count(AuditFilter filter) {
    List<Object> values = new ArrayList<>(List.of(workspace()));
    values.addAll(filter.values());
    return Page.count(
        sql, "audit_entry a WHERE a.workspace_id = ? AND " + filter.condition(), values.toArray());
  }

  /** The highest index that can be found so far; -1 before the first. */
  @Transactional(readOnly = true)
  public long last() {
    return sql.sql("SELECT coalesce(max(idx), -1) FROM audit_entry WHERE workspace_id = ?")
        .params(workspace())
        .query(Long.class)
        .single();
  }

  private List<AuditEntry> read(String query, List<Object> values) {
    List<Found> found =
        sql.sql(query)
            .params(values)
            .query((row, number) ->
                new Found(
                    row.getLong(1),
                    Columns.instant(row, 2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7),
                    row.getString(8)))
            .list();
    if (found.isEmpty()) {
      return List.of();
    }
    Map<Long, Found> byIndex =
        found.stream().collect(Collectors.toMap(Found::index, Function.identity()));
    return ledger.of(List.copyOf(byIndex.keySet())).stream()
        .flatMap(entry ->
            Optional.ofNullable(byIndex.get(entry.index())).map(row -> entry(row, entry)).stream())
        .toList();
  }

  private AuditEntry entry(Found found, LedgerReader.Entry entry) {
    return new AuditEntry(
        found.index(),
        found.occurredAt(),
        entry.source(),
        entry.eventId(),
        found.type(),
        found.object(),
        found.actor(),
        found.outcome(),
        found.traceId(),
        found.causationId(),
        entry.leafHash(),
        entry.contentDigest(),
        entry.attributes(),
        payload(entry.value()));
  }

  /** A payload that is not JSON is shown as text. */
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
