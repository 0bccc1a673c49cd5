package io.plumbline.inference.trace;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.trace.TraceRecord.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which traces a list shows; what is absent restricts nothing.
 *
 * @param from and {@code until}: when the request arrived
 */
record TraceFilter(
    @Nullable String application,
    @Nullable Digest variant,
    @Nullable Status status,
    @Nullable String caller,
    @Nullable String traceId,
    Instant from,
    @Nullable Instant until) {

  /** An {@link Instant} goes a billion years either way; no column does. */
  private static final Instant FIRST = Instant.EPOCH;

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  TraceFilter {
    from = bounded(from);
    until = until == null ? null : bounded(until);
  }

  private static Instant bounded(Instant at) {
    return at.isBefore(FIRST) ? FIRST : at.isAfter(LAST) ? LAST : at;
  }

  /** What follows WHERE, and its parameters. */
  record Condition(String sql, List<Object> parameters) {}

  Condition of(UUID workspace) {
    StringBuilder sql = new StringBuilder("workspace_id = ?");
    List<Object> parameters = new ArrayList<>(List.of(workspace));
    add(sql, parameters, "application = ?", application);
    add(sql, parameters, "variant_digest = ?", variant == null ? null : variant.hex());
    add(sql, parameters, "status = ?", status == null ? null : status.name());
    add(sql, parameters, "caller = ?", caller);
    add(sql, parameters, "trace_id = ?", traceId);
    // By the day as well: it says which partitions are read.
    add(sql, parameters, "day >= ?", day(from));
    add(sql, parameters, "started_at >= ?", from.atOffset(ZoneOffset.UTC));
    if (until != null) {
      add(sql, parameters, "day <= ?", day(until));
      add(sql, parameters, "started_at < ?", until.atOffset(ZoneOffset.UTC));
    }
    return new Condition(sql.toString(), parameters);
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  private static void add(
      StringBuilder sql, List<Object> parameters, String condition, @Nullable Object value) {
    if (value != null) {
      sql.append(" AND ").append(condition);
      parameters.add(value);
    }
  }
}
