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

/** Computes the figures of the feedback on a release, by metric and arm. */
@Component
class FeedbackStatistics {

  /**
   * The most rows that are returned, one per metric and arm, first those of the metric that
   * canaries go by.
   */
  static final int MAX_ROWS = 303;

  private static final double CONFIDENCE = 0.95;

  /**
   * The feedback on one arm by one metric.
   *
   * @param arm {@code active}, {@code canary}, or {@code control}: the former release's answers
   *     while this one was a canary
   * @param count the number of judgements
   * @param correct the number of judgements that the answer was correct
   * @param correctShare the share of the correct judgements among all
   * @param correctLow the lower end of the share's 95% Wilson score interval
   * @param correctHigh the upper end of the same interval
   * @param scores the number of judgements with a score
   * @param meanScore the mean of the scores; absent when there are none
   * @param corrections the number of corrections that are still kept
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

  FeedbackStatistics(JdbcClient sql) {
    this.sql = sql;
  }

  @Transactional(readOnly = true)
  public List<ArmFeedback> computeForRelease(UUID releaseId) {
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
            SELECT metric, arm, count(*) AS feedback, count(*) FILTER (WHERE correct) AS correct,
              count(score) AS scores, avg(score) AS mean_score, count(correction) AS corrections
            FROM feedback WHERE workspace_id = ? AND release_id = ? AND arm IS NOT NULL
            GROUP BY metric, arm ORDER BY metric <> 'correctness', metric, arm LIMIT ?
            """)
        .params(workspace, releaseId, MAX_ROWS)
        .query((row, index) -> toFeedback(row))
        .list();
  }

  private static ArmFeedback toFeedback(ResultSet row) throws SQLException {
    Proportion share = new Proportion(row.getLong("correct"), row.getLong("feedback"));
    Interval interval = share.wilsonInterval(CONFIDENCE);
    return new ArmFeedback(
        row.getString("metric"),
        row.getString("arm"),
        share.trials(),
        share.successes(),
        share.value(),
        interval.low(),
        interval.high(),
        row.getLong("scores"),
        row.getObject("mean_score", Double.class),
        row.getLong("corrections"));
  }
}
