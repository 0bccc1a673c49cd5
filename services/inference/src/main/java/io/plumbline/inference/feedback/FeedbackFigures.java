package io.plumbline.inference.feedback;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.statistics.Interval;
import io.plumbline.statistics.Proportion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Adds up the feedback on the answers that are reported under a release. */
@Component
class FeedbackFigures {

  /** Rows of an answer: metrics in the order of their names, each with its arms. */
  static final int MAX_ROWS = 300;

  private static final double CONFIDENCE = 0.95;

  /**
   * The feedback on one arm by one metric.
   *
   * @param arm {@code active}, {@code canary}, or {@code control}: the former release's answers
   *     while this one was a canary
   * @param correct how many say that the answer was correct
   * @param correctShare their share, and its Wilson interval of 95%
   * @param scores how many have a score
   * @param meanScore absent where none has
   * @param corrections how many are kept
   */
  record ArmFeedback(
      String metric,
      String arm,
      long count,
      long correct,
      double correctShare,
      double correctLow,
      double correctHigh,
      long scores,
      @Nullable Double meanScore,
      long corrections) {}

  private final JdbcClient sql;

  FeedbackFigures(JdbcClient sql) {
    this.sql = sql;
  }

  @Transactional(readOnly = true)
  public List<ArmFeedback> of(UUID releaseId) {
    UUID workspace = Caller.current().workspace();
    boolean known =
        sql.sql("SELECT EXISTS (SELECT FROM release WHERE workspace_id = ? AND release_id = ?)")
            .params(workspace, releaseId)
            .query(Boolean.class)
            .single();
    if (!known) {
      throw Problem.notFound();
    }
    return sql.sql(
            """
            SELECT metric, arm, count(*), count(*) FILTER (WHERE correct), count(score), avg(score), count(correction)
            FROM feedback WHERE workspace_id = ? AND release_id = ? AND arm IS NOT NULL
            GROUP BY metric, arm ORDER BY metric, arm LIMIT ?
            """)
        .params(workspace, releaseId, MAX_ROWS)
        .query((row, index) -> figures(row))
        .list();
  }

  private static ArmFeedback figures(ResultSet row) throws SQLException {
    Proportion share = new Proportion(row.getLong(4), row.getLong(3));
    Interval interval = share.wilson(CONFIDENCE);
    return new ArmFeedback(
        row.getString(1),
        row.getString(2),
        share.trials(),
        share.successes(),
        share.value(),
        interval.low(),
        interval.high(),
        row.getLong(5),
        row.getObject(6, Double.class),
        row.getLong(7));
  }
}
