package io.plumbline.inference.trace;

import io.plumbline.contracts.Money;
import io.plumbline.inference.SqlCondition;
import io.plumbline.inference.UuidText;
import io.plumbline.inference.trace.TraceRecord.Operation;
import io.plumbline.inference.trace.TraceRecord.Status;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads traces, newest first. */
@Component
public class TraceReads {

  private static final TypeReference<List<TraceSteps.Step>> STEPS = new TypeReference<>() {};

  private static final String COLUMNS =
      """
      request_id, trace_id, response_id, started_at, duration_micros, first_token_micros, operation,
      application, environment, release_id, arm, variant_digest, model, caller, user_hash, session_id,
      status, error,
      (SELECT provider_message FROM trace_content AS content
        WHERE (content.workspace_id, content.day, content.request_id)
          = (trace.workspace_id, trace.day, trace.request_id)) AS provider_message,
      finish_reason, cache, streamed, input_tokens, cached_input_tokens, output_tokens,
      reasoning_tokens, cost, currency, contents, steps
      """;

  /** The position of a trace in the order of the list. */
  record Position(LocalDate day, UUID request) {

    static final Position FIRST = new Position(LocalDate.of(9999, 12, 31), new UUID(-1, -1));

    static Position of(List<String> keys) {
      return new Position(LocalDate.parse(keys.getFirst()), UUID.fromString(keys.getLast()));
    }

    static List<String> keys(TraceView trace) {
      return List.of(trace.day().toString(), trace.requestId().toString());
    }
  }

  /**
   * A trace with its steps.
   *
   * @param steps the steps in the order in which they ended
   */
  public record Detail(TraceView trace, List<TraceSteps.Step> steps) {}

  private final JdbcClient sql;
  private final JsonMapper json;

  TraceReads(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  @Transactional(readOnly = true)
  Page<TraceView> page(TraceFilter filter, PageRequest page) {
    SqlCondition sqlCondition = filter.condition(Caller.current().workspace());
    Position after = page.after(2, Position::of, Position.FIRST);
    List<Object> parameters = new ArrayList<>(sqlCondition.parameters());
    parameters.addAll(List.of(after.day, after.request, page.fetchSize()));
    List<TraceView> rows =
        sql.sql(
                "SELECT "
                    + COLUMNS
                    + " FROM trace WHERE "
                    + sqlCondition.sql()
                    + " AND (day, request_id) < (?, ?) ORDER BY day DESC, request_id DESC LIMIT ?")
            .params(parameters)
            .query((row, index) -> view(row))
            .list();
    return Page.of(
        rows,
        page,
        Position::keys,
        Page.countRows(
            sql,
            "trace WHERE " + sqlCondition.sql(),
            sqlCondition.parameters().toArray(Object[]::new)));
  }

  /**
   * The calls that arrived within one bucket of a histogram.
   *
   * @param errors the calls that ended with the status ERROR
   */
  record Bucket(Instant from, long calls, long errors) {}

  /**
   * Counts traces by the time of arrival. A bucket without calls is left out.
   *
   * @param seconds the width of a bucket; the first one began with 1970
   */
  @Transactional(readOnly = true)
  List<Bucket> histogram(TraceFilter filter, long seconds) {
    SqlCondition sqlCondition = filter.condition(Caller.current().workspace());
    List<Object> parameters = new ArrayList<>(List.of(seconds));
    parameters.addAll(sqlCondition.parameters());
    return sql.sql(
            """
            SELECT floor(extract(epoch FROM started_at) / ?)::bigint AS bucket, count(*) AS calls,
              count(*) FILTER (WHERE status = 'ERROR') AS errors
            FROM trace WHERE %s GROUP BY bucket ORDER BY bucket
            """
                .formatted(sqlCondition.sql()))
        .params(parameters)
        .query((row, index) ->
            new Bucket(
                Instant.ofEpochSecond(seconds * row.getLong("bucket")),
                row.getLong("calls"),
                row.getLong("errors")))
        .list();
  }

  /**
   * Finds a trace. If a trace has several requests, the newest is found.
   *
   * @param id the id of a trace, of a request or of a response
   */
  @Transactional(readOnly = true)
  public Optional<Detail> find(String id) {
    Optional<UUID> request = UuidText.parse(id);
    return sql.sql(
            "SELECT "
                + COLUMNS
                + " FROM trace WHERE workspace_id = ? AND "
                + TraceFilter.VISIBLE
                + " AND "
                + idColumn(id)
                + " = ? ORDER BY day DESC, request_id DESC LIMIT 1")
        .params(Caller.current().workspace(), request.<Object>map(each -> each).orElse(id))
        .query((row, index) -> new Detail(view(row), json.readValue(row.getString("steps"), STEPS)))
        .optional();
  }

  private static String idColumn(String id) {
    if (UuidText.parse(id).isPresent()) {
      return "request_id";
    }
    return id.startsWith("chatcmpl-") ? "response_id" : "trace_id";
  }

  private static TraceView view(ResultSet row) throws SQLException {
    BigDecimal cost = row.getBigDecimal("cost");
    return new TraceView(
        row.getObject("request_id", UUID.class),
        row.getString("trace_id"),
        row.getString("response_id"),
        Columns.instant(row, "started_at"),
        row.getLong("duration_micros") / 1_000.0,
        millis(row.getObject("first_token_micros", Long.class)),
        Operation.valueOf(row.getString("operation")),
        row.getString("application"),
        row.getString("environment"),
        row.getObject("release_id", UUID.class),
        row.getString("arm"),
        Columns.digestOrNull(row, "variant_digest"),
        row.getString("model"),
        row.getString("caller"),
        row.getString("user_hash"),
        row.getString("session_id"),
        Status.valueOf(row.getString("status")),
        row.getString("error"),
        row.getString("provider_message"),
        row.getString("finish_reason"),
        row.getString("cache"),
        row.getBoolean("streamed"),
        row.getLong("input_tokens"),
        row.getLong("cached_input_tokens"),
        row.getLong("output_tokens"),
        row.getLong("reasoning_tokens"),
        cost == null ? null : new Money(cost, row.getString("currency")),
        ContentPolicy.valueOf(row.getString("contents")));
  }

  private static @Nullable Double millis(@Nullable Long micros) {
    return micros == null ? null : micros / 1_000.0;
  }
}
