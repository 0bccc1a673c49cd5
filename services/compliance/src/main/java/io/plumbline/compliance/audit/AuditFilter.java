package io.plumbline.compliance.audit;

import io.plumbline.platform.problem.Problem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The conditions that select entries; an absent component does not restrict.
 *
 * @param actors the ids of the people and services any of which acted; an empty set selects nothing
 * @param application the name of an application that the entry concerns according to its content
 * @param object the exact object, or a prefix if it ends with {@code *}
 * @param from inclusive
 * @param to exclusive
 */
public record AuditFilter(
    @Nullable Set<String> actors,
    @Nullable String type,
    @Nullable String application,
    @Nullable String object,
    @Nullable String outcome,
    @Nullable Instant from,
    @Nullable Instant to) {

  /** Restricts nothing. */
  static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null, null);

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /** Treats blank texts, such as the empty fields of a form, as absent. */
  public AuditFilter {
    actors = actors == null ? null : Set.copyOf(actors);
    type = blankToNull(type);
    application = blankToNull(application);
    object = blankToNull(object);
    outcome = blankToNull(outcome);
    requireYear("from", from);
    requireYear("to", to);
  }

  /**
   * Requires a year from 1 to 9999. An {@link Instant} spans a billion years either way, which
   * neither a calendar date nor a column of the database can hold.
   */
  private static void requireYear(String parameter, @Nullable Instant time) {
    if (time != null && (time.isBefore(FIRST) || time.isAfter(LAST))) {
      throw Problem.invalid(parameter, "must be in a year from 1 to 9999");
    }
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  /**
   * Returns the filter as a condition in SQL, for a WHERE clause. The condition begins with {@code
   * true}.
   */
  String sqlCondition() {
    StringBuilder condition = new StringBuilder("true");
    if (actors != null) {
      condition.append(" AND a.actor = ANY (?)");
    }
    if (type != null) {
      condition.append(" AND a.type = ?");
    }
    if (application != null) {
      condition.append(
          " AND EXISTS (SELECT FROM audit_application c WHERE c.workspace_id = a.workspace_id"
              + " AND c.application = ? AND c.idx = a.idx)");
    }
    if (object != null) {
      condition.append(
          object.endsWith("*") ? " AND starts_with(a.object, ?)" : " AND a.object = ?");
    }
    if (outcome != null) {
      condition.append(" AND a.outcome = ?");
    }
    if (from != null) {
      condition.append(" AND a.occurred_at >= ?");
    }
    if (to != null) {
      condition.append(" AND a.occurred_at < ?");
    }
    return condition.toString();
  }

  /** Returns the values of the parameters of {@link #sqlCondition}, in their order. */
  List<Object> sqlValues() {
    List<Object> values = new ArrayList<>();
    if (actors != null) {
      values.add(actors.stream().sorted().toArray(String[]::new));
    }
    if (type != null) {
      values.add(type);
    }
    if (application != null) {
      values.add(application);
    }
    if (object != null) {
      values.add(object.endsWith("*") ? object.substring(0, object.length() - 1) : object);
    }
    if (outcome != null) {
      values.add(outcome);
    }
    if (from != null) {
      values.add(from.atOffset(ZoneOffset.UTC));
    }
    if (to != null) {
      values.add(to.atOffset(ZoneOffset.UTC));
    }
    return values;
  }

  /**
   * Returns the filter as the record of an export states it. People appear by their ids alone,
   * because nothing else about them may be kept permanently.
   */
  Map<String, String> textValues() {
    Map<String, String> text = new LinkedHashMap<>();
    put(text, "actor", actors == null ? null : String.join(",", new TreeSet<>(actors)));
    put(text, "type", type);
    put(text, "application", application);
    put(text, "object", object);
    put(text, "outcome", outcome);
    put(text, "from", from);
    put(text, "to", to);
    return text;
  }

  private static void put(Map<String, String> text, String name, @Nullable Object value) {
    if (value != null) {
      text.put(name, value.toString());
    }
  }
}
