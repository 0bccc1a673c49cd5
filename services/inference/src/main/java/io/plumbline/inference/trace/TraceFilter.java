package io.plumbline.inference.trace;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.ColumnTime;
import io.plumbline.inference.SqlCondition;
import io.plumbline.inference.trace.TraceRecord.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a list of traces. An absent component restricts nothing.
 *
 * @param model the name of the model as traces show it
 * @param userHashes the hashes of one user, under each key of the installation
 * @param sessionIds the ids of one session, in the forms that traces may show
 * @param judged whether somebody judged the answer
 * @param minMillis the shortest duration of a request
 * @param from the earliest arrival of a request
 * @param until the end of the period of arrival, exclusive
 * @param requestIds the requests that a search in contents found
 */
record TraceFilter(
    @Nullable String application,
    @Nullable Digest variant,
    @Nullable String model,
    @Nullable Status status,
    @Nullable String caller,
    @Nullable List<String> userHashes,
    @Nullable List<String> sessionIds,
    @Nullable String traceId,
    @Nullable CallOrigin origin,
    @Nullable Judged judged,
    @Nullable Long minMillis,
    Instant from,
    @Nullable Instant until,
    @Nullable List<UUID> requestIds) {

  /** The condition that there is feedback on a trace's answer, which the primary key finds. */
  private static final String FEEDBACK_EXISTS =
      """
      EXISTS (SELECT FROM feedback
        WHERE (feedback.workspace_id, feedback.response_id) = (trace.workspace_id, trace.response_id))
      """;

  /** The condition that a trace is of no sealed evaluation run. */
  static final String VISIBLE = "sealed IS NOT TRUE";

  /** The kind of a call, by who made it. */
  enum CallOrigin {
    /** It called an application, or came with an API key. */
    PRODUCTION("environment IS NOT NULL OR caller LIKE 'api-key:%'"),
    /** A service of the platform called, as evaluation does. */
    EVALUATION("environment IS NULL AND service"),
    /** A person called a variant or a model, as the playground does. */
    PLAYGROUND("environment IS NULL AND caller NOT LIKE 'api-key:%' AND NOT service");

    private final String sql;

    CallOrigin(String sql) {
      this.sql = sql;
    }
  }

  /** The presence of feedback on an answer, by any metric and caller. */
  enum Judged {
    /** There is a complete answer, and nobody judged it. A call that failed has an id as well. */
    NONE("response_id IS NOT NULL AND status = 'OK' AND NOT " + FEEDBACK_EXISTS),
    /** Somebody judged the answer. */
    GIVEN(FEEDBACK_EXISTS);

    private final String sql;

    Judged(String sql) {
      this.sql = sql;
    }
  }

  TraceFilter {
    from = ColumnTime.clamp(from);
    until = until == null ? null : ColumnTime.clamp(until);
    requestIds = requestIds == null ? null : List.copyOf(requestIds);
  }

  /** Returns the same filter of some requests alone. */
  TraceFilter ofRequests(List<UUID> found) {
    return new TraceFilter(
        application,
        variant,
        model,
        status,
        caller,
        userHashes,
        sessionIds,
        traceId,
        origin,
        judged,
        minMillis,
        from,
        until,
        found);
  }

  /** Returns the same filter of the requests that arrived on a day or later. */
  TraceFilter since(LocalDate day) {
    Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    return new TraceFilter(
        application,
        variant,
        model,
        status,
        caller,
        userHashes,
        sessionIds,
        traceId,
        origin,
        judged,
        minMillis,
        start.isAfter(from) ? start : from,
        until,
        requestIds);
  }

  SqlCondition condition(UUID workspace) {
    // The day is a condition as well, because it decides which partitions are read.
    return SqlCondition.inWorkspace(workspace)
        .and(VISIBLE)
        .and("application = ?", application)
        .and("variant_digest = ?", variant == null ? null : variant.hex())
        .and("model = ?", model)
        .and("status = ?", status == null ? null : status.name())
        .and("caller = ?", caller)
        .and("user_hash = ANY (?)", array(userHashes))
        .and("session_id = ANY (?)", array(sessionIds))
        .and("trace_id = ?", traceId)
        .and(origin == null ? "" : "(" + origin.sql + ") = ?", origin == null ? null : true)
        .and(judged == null ? null : judged.sql)
        .and("duration_micros >= ?", minMillis == null ? null : 1_000 * minMillis)
        .and("day >= ?", day(from))
        .and("started_at >= ?", from.atOffset(ZoneOffset.UTC))
        .and("day <= ?", until == null ? null : day(until))
        .and("started_at < ?", until == null ? null : until.atOffset(ZoneOffset.UTC))
        .and("request_id = ANY (?)", requestIds == null ? null : requestIds.toArray(UUID[]::new));
  }

  private static @Nullable Object array(@Nullable List<String> texts) {
    return texts == null ? null : texts.toArray(String[]::new);
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }
}
