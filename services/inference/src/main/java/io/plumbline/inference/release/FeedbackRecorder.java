package io.plumbline.inference.release;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.trace.ContentPolicy;
import io.plumbline.inference.trace.TraceContents;
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
 * Stores feedback and counts it for the arm that answered, which the id of the response names.
 * There is one feedback per response, caller and metric: the latest replaces the former. A
 * correction is masked and retained as the contents of requests are. Metrics may have any name, so
 * their number is bounded.
 */
@Component
class FeedbackRecorder {

  /** The metric by which canaries are judged. */
  static final String CORRECTNESS = "correctness";

  /** The most metrics by which one caller may judge one response. */
  static final int MAX_METRICS = 20;

  /** The most metrics, besides {@link #CORRECTNESS}, of one application over all callers. */
  static final int MAX_METRIC_NAMES = 100;

  /** The kind of the advisory lock on a response and its caller. */
  private static final long METRICS = 0x706c756d_66656564L;

  /** The kind of the advisory lock on the metrics of an application. */
  private static final long METRIC_NAMES = 0x706c756d_66656d6eL;

  /**
   * The feedback of the caller on one response by one metric.
   *
   * @param responseId the id as it was issued
   * @param metric the metric that was judged; {@link #CORRECTNESS} counts for the arm
   * @param score the score as it was sent; absent when only {@code correct} was sent
   * @param correction the correction as it was sent
   */
  record Feedback(
      String responseId,
      String metric,
      boolean correct,
      @Nullable Double score,
      @Nullable String correction) {

    /** Returns the correction; absent when none, or a blank one, was sent. */
    @Nullable String correctionOrNull() {
      if (correction == null || correction.isBlank()) {
        return null;
      }
      return correction;
    }
  }

  /** The application and variant that answered; both absent when a bare model did. */
  private record Answerer(@Nullable String application, @Nullable String variant) {}

  /** The change of an arm's counts. */
  private record Change(int feedback, int correct) {}

  private final JdbcClient sql;
  private final JudgedAnswers answers;
  private final ArmCounts arms;
  private final TraceContents contents;
  private final TransactionTemplate transaction;
  private final Clock clock;

  FeedbackRecorder(
      JdbcClient sql,
      JudgedAnswers answers,
      ArmCounts arms,
      TraceContents contents,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.sql = sql;
    this.answers = answers;
    this.arms = arms;
    this.contents = contents;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * Records feedback, which replaces the caller's former one on this response by this metric.
   *
   * @return how the correction is kept, {@code NONE} when it is not; absent when none was sent
   */
  @Nullable ContentPolicy record(Feedback feedback) {
    UUID workspace = Caller.current().workspace();
    ResponseIds.Origin origin = answers.findOrigin(feedback.responseId);
    String sent = feedback.correctionOrNull();
    TraceContents.RetainedText correction =
        sent == null ? null : contents.retainedText(workspace, sent);
    Change change =
        Objects.requireNonNull(transaction.execute(status -> store(feedback, origin, correction)));
    if (origin.releaseId() != null && origin.arm() != null && feedback.metric.equals(CORRECTNESS)) {
      // Feedback is counted after the commit, because only stored feedback counts.
      arms.countFeedback(
          origin.releaseId(), origin.arm(), feedback.responseId, change.feedback, change.correct);
    }
    if (sent == null) {
      return null;
    }
    return correction == null ? ContentPolicy.NONE : correction.contents();
  }

  private Change store(
      Feedback feedback,
      ResponseIds.Origin origin,
      TraceContents.@Nullable RetainedText correction) {
    AdvisoryLocks.lock(sql, METRICS, feedback.responseId + ' ' + Caller.current().actor());
    Answerer answerer = findAnswerer(origin);
    if (insert(feedback, origin, answerer, correction)) {
      requireMetricLimit(feedback.responseId);
      requireMetricNameLimit(Objects.requireNonNullElse(answerer.application, ""), feedback.metric);
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
            UPDATE feedback SET correct = ?, score = ?, correction = ?, correction_contents = ?, created_at = ?
            WHERE workspace_id = ? AND response_id = ? AND created_by = ? AND metric = ?
            """)
        .param(feedback.correct)
        .param(feedback.score)
        .param(textOrNull(correction))
        .param(contentsName(correction))
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .param(caller.workspace())
        .param(feedback.responseId)
        .param(caller.actor())
        .param(feedback.metric)
        .update();
    // The comparison is 1 where only the new judgement says correct, and -1 where only the former
    // one did.
    return new Change(0, Boolean.compare(feedback.correct, former));
  }

  /** Checks the limit after the insert, which is rolled back if the metric was one too many. */
  private void requireMetricLimit(String responseId) {
    Caller caller = Caller.current();
    int metrics =
        sql.sql(
                "SELECT count(*) FROM feedback WHERE workspace_id = ? AND response_id = ? AND"
                    + " created_by = ?")
            .params(caller.workspace(), responseId, caller.actor())
            .query(Integer.class)
            .single();
    if (metrics > MAX_METRICS) {
      throw tooManyMetricsProblem(
          "You have judged this response by "
              + MAX_METRICS
              + " metrics, as many as one caller may. Judge it by one of them.",
          "is one too many for this response");
    }
  }

  /**
   * Bounds the names of metrics that an application has, over all callers. {@link #CORRECTNESS} is
   * not counted: otherwise a caller could use up the names and so keep feedback from a canary.
   */
  private void requireMetricNameLimit(String application, String metric) {
    if (metric.equals(CORRECTNESS)) {
      return;
    }
    UUID workspace = Caller.current().workspace();
    boolean known =
        sql.sql(
                "SELECT EXISTS (SELECT FROM feedback_metric WHERE workspace_id = ? AND application"
                    + " = ? AND metric = ?)")
            .params(workspace, application, metric)
            .query(Boolean.class)
            .single();
    if (known) {
      return;
    }
    AdvisoryLocks.lock(sql, METRIC_NAMES, application);
    sql.sql(
            "INSERT INTO feedback_metric (workspace_id, application, metric) VALUES (?, ?, ?) ON"
                + " CONFLICT DO NOTHING")
        .params(workspace, application, metric)
        .update();
    int names =
        sql.sql("SELECT count(*) FROM feedback_metric WHERE workspace_id = ? AND application = ?")
            .params(workspace, application)
            .query(Integer.class)
            .single();
    if (names > MAX_METRIC_NAMES) {
      throw tooManyMetricsProblem(
          "Answers of this application are already judged by "
              + MAX_METRIC_NAMES
              + " metrics besides correctness, which is the limit. Use one of these metrics.",
          "is one too many for the application");
    }
  }

  private static Problem tooManyMetricsProblem(String detail, String flaw) {
    return new Problem(CommonProblem.UNPROCESSABLE, detail).withFieldError("/metric", flaw);
  }

  /**
   * Returns the application and variant that answered. The former release answers the arm {@code
   * control} of a canary.
   */
  private Answerer findAnswerer(ResponseIds.Origin origin) {
    UUID workspace = Caller.current().workspace();
    Digest variant = origin.variant();
    if (origin.releaseId() != null) {
      return sql.sql(
              """
              SELECT release.application,
                CASE WHEN ? = 'control' THEN former.variant_digest ELSE release.variant_digest END AS variant
              FROM release LEFT JOIN release AS former
                ON (former.workspace_id, former.release_id) = (release.workspace_id, release.previous_release_id)
              WHERE release.workspace_id = ? AND release.release_id = ?
              """)
          .param(origin.arm())
          .param(workspace)
          .param(origin.releaseId())
          .query(Answerer.class)
          .optional()
          .orElse(new Answerer(null, null));
    }
    if (variant == null) {
      return new Answerer(null, null);
    }
    String application =
        sql.sql("SELECT application FROM variant WHERE workspace_id = ? AND variant_digest = ?")
            .params(workspace, variant.hex())
            .query(String.class)
            .optional()
            .orElse(null);
    return new Answerer(application, variant.hex());
  }

  private boolean insert(
      Feedback feedback,
      ResponseIds.Origin origin,
      Answerer answerer,
      TraceContents.@Nullable RetainedText correction) {
    Caller caller = Caller.current();
    return sql.sql(
                """
                INSERT INTO feedback
                  (workspace_id, response_id, metric, release_id, arm, application, variant_digest, answered_on,
                   correct, score, correction, correction_contents, created_by, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .param(caller.workspace())
            .param(feedback.responseId)
            .param(feedback.metric)
            .param(origin.releaseId())
            .param(origin.arm())
            .param(answerer.application)
            .param(answerer.variant)
            .param(origin.answeredOn())
            .param(feedback.correct)
            .param(feedback.score)
            .param(textOrNull(correction))
            .param(contentsName(correction))
            .param(caller.actor())
            .param(clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  private static @Nullable String textOrNull(TraceContents.@Nullable RetainedText correction) {
    return correction == null ? null : correction.text();
  }

  private static @Nullable String contentsName(TraceContents.@Nullable RetainedText correction) {
    return correction == null ? null : correction.contents().name();
  }
}
