package io.plumbline.inference.release;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.AdvisoryLocks;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores feedback with what answered, and counts it for the arm. One feedback per response, caller
 * and metric: the latest replaces the former. Metrics have any name, and so their number is
 * bounded.
 */
@Component
class FeedbackRecorder {

  /** The metric by which canaries are judged. */
  static final String CORRECTNESS = "correctness";

  /** By which one caller judges one response. */
  static final int MOST_METRICS = 20;

  /** What the lock on a response and its caller is called. */
  private static final long METRICS = 0x706c756d_66656564L;

  /**
   * @param responseId as it was given out
   * @param metric what was judged; {@link #CORRECTNESS} counts for the arm
   */
  record Feedback(String responseId, String metric, boolean correct, @Nullable String correction) {}

  /** What an arm's counts change by. */
  private record Change(int feedback, int correct) {}

  private final JdbcClient sql;
  private final JudgedAnswers answers;
  private final Arms arms;
  private final TransactionTemplate transaction;
  private final Clock clock;

  FeedbackRecorder(
      JdbcClient sql,
      JudgedAnswers answers,
      Arms arms,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.sql = sql;
    this.answers = answers;
    this.arms = arms;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  void record(Feedback feedback) {
    UUID workspace = Caller.current().workspace();
    ResponseIds.Origin origin = answers.find(feedback.responseId);
    Change change = Objects.requireNonNull(transaction.execute(status -> store(feedback, origin)));
    if (origin.releaseId() != null && origin.arm() != null && feedback.metric.equals(CORRECTNESS)) {
      // After the commit: what is not stored does not count.
      arms.judged(workspace, origin.releaseId(), origin.arm(), change.feedback, change.correct);
    }
  }

  private Change store(Feedback feedback, ResponseIds.Origin origin) {
    AdvisoryLocks.lock(sql, METRICS, feedback.responseId + ' ' + Caller.current().actor());
    if (insert(feedback, origin)) {
      requireFewMetrics(feedback.responseId);
      return new Change(1, feedback.correct ? 1 : 0);
    }
    Caller caller = Caller.current();
    boolean former =
        sql.sql(
                """
                SELECT correct FROM feedback
                WHERE workspace_id = ? AND response_id = ? AND created_by = ? AND metric = ? FOR UPDATE
                """)
            .params(caller.workspace(), feedback.responseId, caller.actor(), feedback.metric)
            .query(Boolean.class)
            .single();
    sql.sql(
            """
            UPDATE feedback SET correct = ?, correction = ?, created_at = ?
            WHERE workspace_id = ? AND response_id = ? AND created_by = ? AND metric = ?
            """)
        .param(feedback.correct)
        .param(feedback.correction)
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .param(caller.workspace())
        .param(feedback.responseId)
        .param(caller.actor())
        .param(feedback.metric)
        .update();
    return new Change(0, (feedback.correct ? 1 : 0) - (former ? 1 : 0));
  }

  /** After the insert, which is undone when it was one too many. */
  private void requireFewMetrics(String responseId) {
    Caller caller = Caller.current();
    int metrics =
        sql.sql(
                "SELECT count(*) FROM feedback WHERE workspace_id = ? AND response_id = ? AND"
                    + " created_by = ?")
            .params(caller.workspace(), responseId, caller.actor())
            .query(Integer.class)
            .single();
    if (metrics > MOST_METRICS) {
      throw new Problem(
              CommonProblem.UNPROCESSABLE,
              "You have judged this response by "
                  + MOST_METRICS
                  + " metrics, as many as one caller may. Judge it by one of them.")
          .at("/metric", "is one too many for this response");
    }
  }

  private boolean insert(Feedback feedback, ResponseIds.Origin origin) {
    Caller caller = Caller.current();
    Digest variant = origin.variant();
    return sql.sql(
                """
                INSERT INTO feedback
                  (workspace_id, response_id, metric, release_id, arm, variant_digest, correct, correction,
                   created_by, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .param(caller.workspace())
            .param(feedback.responseId)
            .param(feedback.metric)
            .param(origin.releaseId())
            .param(origin.arm())
            .param(variant == null ? null : variant.hex())
            .param(feedback.correct)
            .param(feedback.correction)
            .param(caller.actor())
            .param(clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }
}
