package io.plumbline.inference.feedback;

import io.plumbline.inference.ColumnTime;
import io.plumbline.inference.SqlCondition;
import io.plumbline.inference.trace.ContentPolicy;
import io.plumbline.inference.trace.TraceReads;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads feedback, newest first. */
@Component
class FeedbackSearch {

  private static final String COLUMNS =
      """
      response_id, metric, correct, score, application, release_id, arm, variant_digest,
      correction IS NOT NULL AS corrected, correction_contents, created_by, answered_on, created_at
      """;

  /** The sort key of one row, after which a page continues. */
  private record Position(Instant at, String responseId, String caller, String metric) {

    static final Position FIRST = new Position(Instant.parse("9999-12-31T23:59:59Z"), "", "", "");

    static Position of(List<String> keys) {
      return new Position(
          ColumnTime.clamp(Instant.parse(keys.get(0))), keys.get(1), keys.get(2), keys.get(3));
    }

    static List<String> keys(FeedbackView feedback) {
      return List.of(
          feedback.recordedAt().toString(),
          feedback.responseId(),
          feedback.caller(),
          feedback.metric());
    }
  }

  private final TraceReads traces;
  private final JdbcClient sql;

  FeedbackSearch(TraceReads traces, JdbcClient sql) {
    this.traces = traces;
    this.sql = sql;
  }

  @Transactional(readOnly = true)
  public Page<FeedbackView> page(FeedbackFilter filter, PageRequest page) {
    return page(filter.condition(Caller.current().workspace()), positionAfter(page), page);
  }

  /**
   * Reads the feedback on the answer of a trace.
   *
   * @param traceId the id of a trace, a request or a response
   */
  @Transactional(readOnly = true)
  public Page<FeedbackView> pageOfTrace(String traceId, PageRequest page) {
    Position after = positionAfter(page);
    String responseId = traces.find(traceId).orElseThrow(Problem::notFound).trace().responseId();
    if (responseId == null) {
      return Page.ofSinglePage(List.of());
    }
    SqlCondition sqlCondition = SqlCondition.inWorkspace(Caller.current().workspace());
    return page(sqlCondition.and("response_id = ?", responseId), after, page);
  }

  private static Position positionAfter(PageRequest page) {
    return page.after(4, Position::of, Position.FIRST);
  }

  private Page<FeedbackView> page(SqlCondition sqlCondition, Position after, PageRequest page) {
    List<Object> parameters = new ArrayList<>(sqlCondition.parameters());
    parameters.add(after.at.atOffset(ZoneOffset.UTC));
    parameters.addAll(List.of(after.responseId, after.caller, after.metric, page.fetchSize()));
    List<FeedbackView> rows =
        sql.sql(
                """
                SELECT %s FROM feedback WHERE %s AND (created_at, response_id, created_by, metric) < (?, ?, ?, ?)
                ORDER BY created_at DESC, response_id DESC, created_by DESC, metric DESC LIMIT ?
                """
                    .formatted(COLUMNS, sqlCondition.sql()))
            .params(parameters)
            .query((row, index) -> view(row))
            .list();
    return Page.of(
        rows,
        page,
        Position::keys,
        Page.countRows(
            sql,
            "feedback WHERE " + sqlCondition.sql(),
            sqlCondition.parameters().toArray(Object[]::new)));
  }

  private static FeedbackView view(ResultSet row) throws SQLException {
    return new FeedbackView(
        row.getString("response_id"),
        row.getString("metric"),
        row.getBoolean("correct"),
        row.getObject("score", Double.class),
        row.getString("application"),
        row.getObject("release_id", UUID.class),
        row.getString("arm"),
        Columns.digestOrNull(row, "variant_digest"),
        row.getBoolean("corrected")
            ? correctionContentPolicy(row.getString("correction_contents"))
            : null,
        row.getString("created_by"),
        row.getObject("answered_on", LocalDate.class),
        Columns.instant(row, "created_at"));
  }

  /**
   * Returns how a correction is kept. A row that is older than the column has none: its correction
   * is masked when it is read.
   */
  static ContentPolicy correctionContentPolicy(@Nullable String column) {
    return column == null ? ContentPolicy.MASKED : ContentPolicy.valueOf(column);
  }
}
