package io.plumbline.inference.trace;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.platform.identity.Caller;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The traces of the past days, in a table with a partition for each day. */
@Component
class TraceTable {

  private static final int BATCH = 500;

  /** The contents of a call that keeps nothing but the message of a provider. */
  private static final TraceRecord.Content NOTHING =
      new TraceRecord.Content(ContentPolicy.NONE, "{}", null, false);

  private final JdbcTemplate sql;
  private final TransactionTemplate transaction;
  private final JsonMapper json;
  private final Set<LocalDate> days = ConcurrentHashMap.newKeySet();

  TraceTable(JdbcTemplate sql, PlatformTransactionManager transactions, JsonMapper json) {
    this.sql = sql;
    this.transaction = new TransactionTemplate(transactions);
    this.json = json;
  }

  /** Creates the partition of a day, unless it exists. */
  void createPartition(LocalDate day) {
    if (!days.contains(day)) {
      callFunction("SELECT create_trace_day(?)", day);
      days.add(day);
    }
  }

  /** Deletes contents past the retention of their workspace. */
  void expireContents() {
    transaction.executeWithoutResult(
        status -> sql.query("SELECT expire_trace_contents()", row -> {}));
  }

  private void callFunction(String function, LocalDate day) {
    transaction.executeWithoutResult(status -> sql.query(function, row -> {}, day));
  }

  /** Drops the partitions of the days before a day. */
  void dropPartitions(LocalDate before) {
    callFunction("SELECT drop_trace_days(?)", before);
    days.removeIf(day -> day.isBefore(before));
  }

  /**
   * Inserts traces of the caller's workspace, within a transaction.
   *
   * @return the traces that were not stored yet; a process that died before it deleted its file has
   *     stored its traces already
   */
  List<TraceRecord> insert(List<TraceRecord> traces) {
    List<TraceRecord> added = new ArrayList<>(traces.size());
    int[][] counts =
        sql.batchUpdate(
            """
            INSERT INTO trace (workspace_id, day, request_id, trace_id, response_id, caller, operation, application,
              environment, release_id, arm, variant_digest, model, started_at, duration_micros, first_token_micros,
              status, error, finish_reason, cache, streamed, input_tokens, cached_input_tokens, output_tokens,
              reasoning_tokens, cost, currency, steps, contents, user_hash, session_id,
              service, sealed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?,
              ?, ?)
            ON CONFLICT (workspace_id, day, request_id) DO NOTHING
            """,
            traces,
            BATCH,
            this::setParameters);
    int at = 0;
    for (int[] batch : counts) {
      for (int count : batch) {
        TraceRecord trace = traces.get(at++);
        if (count == 1) {
          added.add(trace);
        }
      }
    }
    insertContents(
        added.stream()
            .filter(each -> each.content() != null || each.outcome().providerMessage() != null)
            .toList());
    return added;
  }

  private void insertContents(List<TraceRecord> traces) {
    sql.batchUpdate(
        """
        INSERT INTO trace_content (workspace_id, day, request_id, contents, input, output, truncated,
          provider_message)
        VALUES (?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)
        """,
        traces,
        BATCH,
        (row, trace) -> {
          TraceRecord.Content content = Objects.requireNonNullElse(trace.content(), NOTHING);
          row.setObject(1, Caller.current().workspace());
          row.setObject(2, trace.day());
          row.setObject(3, trace.requestId());
          row.setString(4, content.contents().name());
          row.setString(5, content.input());
          row.setString(6, content.output());
          row.setBoolean(7, content.truncated());
          row.setString(8, trace.outcome().providerMessage());
        });
  }

  private void setParameters(PreparedStatement row, TraceRecord trace) throws SQLException {
    TraceRecord.Origin origin = trace.origin();
    TraceRecord.Timing timing = trace.timing();
    TraceRecord.Outcome outcome = trace.outcome();
    TraceRecord.Consumption consumption = trace.consumption();
    Digest variant = origin.variant();
    Optional<Money> cost = Optional.ofNullable(consumption.cost());
    List<@Nullable Object> values = new ArrayList<>();
    values.add(Caller.current().workspace());
    values.add(trace.day());
    values.add(trace.requestId());
    values.add(trace.traceId());
    values.add(trace.responseId());
    values.add(trace.caller());
    values.add(trace.operation().name());
    values.add(origin.application());
    values.add(origin.environment());
    values.add(origin.releaseId());
    values.add(origin.arm());
    values.add(variant == null ? null : variant.hex());
    values.add(origin.model());
    values.add(timing.startedAt().atOffset(ZoneOffset.UTC));
    values.add(timing.durationMicros());
    values.add(timing.firstTokenMicros());
    values.add(outcome.status().name());
    values.add(outcome.error());
    values.add(outcome.finishReason());
    values.add(outcome.cache());
    values.add(outcome.streamed());
    values.add(consumption.tokens().input());
    values.add(consumption.tokens().cachedInput());
    values.add(consumption.tokens().output());
    values.add(consumption.tokens().reasoning());
    values.add(cost.map(Money::amount).orElse(null));
    values.add(cost.map(Money::currency).orElse(null));
    values.add(json.writeValueAsString(trace.steps()));
    values.add(Objects.requireNonNullElse(trace.content(), NOTHING).contents().name());
    values.add(trace.endUser().userHash());
    values.add(trace.endUser().sessionId());
    values.add(trace.service());
    values.add(trace.sealed());
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value == null) {
        row.setNull(i + 1, Types.NULL);
      } else {
        row.setObject(i + 1, value);
      }
    }
  }
}
