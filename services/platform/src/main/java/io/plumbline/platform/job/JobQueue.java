package io.plumbline.platform.job;

import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * A queue of long work as rows of PostgreSQL. A job is enqueued in the transaction of the command,
 * claimed with {@code FOR UPDATE SKIP LOCKED}, leased for as long as a heartbeat extends it, and
 * fenced by a number that grows with every claim. A lease that runs out makes the job claimable
 * again.
 */
public class JobQueue {

  /**
   * The progress from which the remaining time is extrapolated. Before it, the pace of the first
   * steps, such as loading a model, would be taken for the pace of the rest.
   */
  private static final double MIN_PROGRESS = 0.05;

  static final Duration LEASE = Duration.ofSeconds(20);
  static final int MAX_ATTEMPTS = 5;

  /** A claimed job with its lease. */
  record Claimed(UUID id, UUID workspace, String kind, String payload, int attempt, long fence) {}

  private final JdbcClient sql;
  private final JsonMapper json;
  private final JobSignal signal;
  private final Clock clock;

  JobQueue(JdbcClient sql, JsonMapper json, JobSignal signal, Clock clock) {
    this.sql = sql;
    this.json = json;
    this.signal = signal;
    this.clock = clock;
  }

  /**
   * Adds a job to the queue.
   *
   * @param priority jobs with a larger value are claimed first
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public UUID enqueue(String kind, Object payload, int priority) {
    UUID id = Ids.next();
    sql.sql(
            "INSERT INTO job (id, workspace_id, kind, payload, priority, state) VALUES (?, ?, ?,"
                + " ?::jsonb, ?, 'QUEUED')")
        .params(id, Caller.current().workspace(), kind, json.writeValueAsString(payload), priority)
        .update();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            signal.signal(kind);
          }
        });
    return id;
  }

  /**
   * Adds a job to the queue unless one of the same kind and content waits in it already. The one
   * that waits starts only after this transaction, so that it sees what the caller changed, and a
   * postponed one waits no longer.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void enqueueOnce(String kind, Object payload, int priority) {
    int waiting =
        sql.sql(
                """
                UPDATE job SET run_after = least(run_after, clock_timestamp())
                WHERE kind = ? AND workspace_id = ? AND payload = ?::jsonb AND state = 'QUEUED'
                """)
            .params(kind, Caller.current().workspace(), json.writeValueAsString(payload))
            .update();
    if (waiting == 0) {
      enqueue(kind, payload, priority);
    }
  }

  /**
   * Finds a job of the caller's workspace.
   *
   * @return empty when the workspace has no such job
   */
  @Transactional
  public Optional<JobView> find(UUID id) {
    return sql.sql(
            """
            SELECT id, kind, state, progress, message, error, attempt, created_at, started_at, finished_at
            FROM job WHERE id = ? AND workspace_id = ?
            """)
        .params(id, Caller.current().workspace())
        .query((row, index) -> toView(row))
        .optional();
  }

  /** Cancels a queued job at once, and requests a running one to end soon. */
  @Transactional
  public void cancel(UUID id) {
    sql.sql(
            """
            UPDATE job SET cancel_requested = true,
              state = CASE WHEN state = 'QUEUED' THEN 'CANCELLED' ELSE state END,
              finished_at = CASE WHEN state = 'QUEUED' THEN clock_timestamp() ELSE finished_at END
            WHERE id = ? AND workspace_id = ? AND state IN ('QUEUED', 'RUNNING')
            """)
        .params(id, Caller.current().workspace())
        .update();
  }

  @Transactional
  Optional<Claimed> claim(String kind) {
    return sql.sql(
            """
            UPDATE job SET state = 'RUNNING', attempt = attempt + 1, fence = fence + 1,
              lease_until = clock_timestamp() + make_interval(secs => ?),
              started_at = coalesce(started_at, clock_timestamp())
            WHERE id = (
              SELECT id FROM job
              WHERE kind = ? AND run_after <= clock_timestamp()
                AND (state = 'QUEUED' OR (state = 'RUNNING' AND lease_until < clock_timestamp()))
              ORDER BY priority DESC, created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, workspace_id AS workspace, kind, payload, attempt, fence
            """)
        .params(LEASE.toSeconds(), kind)
        .query(Claimed.class)
        .optional();
  }

  /**
   * Extends the lease of a job, and stores its progress and message unless they are null.
   *
   * @return whether cancellation was requested
   */
  @Transactional
  boolean heartbeat(Claimed job, @Nullable Double fraction, @Nullable String message) {
    return sql.sql(
            """
            UPDATE job SET lease_until = clock_timestamp() + make_interval(secs => ?),
              progress = coalesce(?::double precision, progress), message = coalesce(?::text, message)
            WHERE id = ? AND fence = ? AND state = 'RUNNING' RETURNING cancel_requested
            """)
        .param(LEASE.toSeconds())
        .param(fraction)
        .param(message)
        .param(job.id())
        .param(job.fence())
        .query(Boolean.class)
        .optional()
        .orElseThrow(() -> new LeaseLost(job.id()));
  }

  /**
   * Runs an effect while the row of the job is locked, up to the end of the transaction, so that
   * nobody can claim the job before that.
   */
  @Transactional
  void runUnderLease(Claimed job, Runnable effect) {
    boolean leased =
        sql.sql("SELECT true FROM job WHERE id = ? AND fence = ? AND state = 'RUNNING' FOR UPDATE")
            .params(job.id(), job.fence())
            .query(Boolean.class)
            .optional()
            .isPresent();
    if (!leased) {
      throw new LeaseLost(job.id());
    }
    effect.run();
  }

  @Transactional
  void finish(Claimed job, JobView.State state, @Nullable String error) {
    sql.sql(
            """
            UPDATE job SET state = ?, error = ?, finished_at = clock_timestamp(), lease_until = NULL,
              progress = CASE WHEN ? = 'SUCCEEDED' THEN 1 ELSE progress END
            WHERE id = ? AND fence = ? AND state = 'RUNNING'
            """)
        .param(state.name())
        .param(error)
        .param(state.name())
        .param(job.id())
        .param(job.fence())
        .update();
  }

  /**
   * Returns a job to the queue as if it had not been claimed, because the process is stopping. This
   * includes a job whose cancellation was requested, since only its handler can end what waits for
   * it.
   */
  @Transactional
  void release(Claimed job) {
    sql.sql(
            "UPDATE job SET state = 'QUEUED', lease_until = NULL, attempt = attempt - 1 WHERE id ="
                + " ? AND fence = ? AND state = 'RUNNING'")
        .params(job.id(), job.fence())
        .update();
  }

  /**
   * Returns a job to the queue, to be claimed after the delay, as if it had not been claimed. A job
   * whose cancellation was requested is cancelled instead.
   */
  @Transactional
  void postpone(Claimed job, Duration delay, String message) {
    sql.sql(
            """
            UPDATE job SET lease_until = NULL, attempt = attempt - 1, message = ?,
              state = CASE WHEN cancel_requested THEN 'CANCELLED' ELSE 'QUEUED' END,
              finished_at = CASE WHEN cancel_requested THEN clock_timestamp() END,
              run_after = clock_timestamp() + make_interval(secs => ?)
            WHERE id = ? AND fence = ? AND state = 'RUNNING'
            """)
        .params(message, delay.toMillis() / 1_000.0, job.id(), job.fence())
        .update();
  }

  private JobView toView(ResultSet row) throws SQLException {
    JobView.State state = JobView.State.valueOf(row.getString("state"));
    double progress = row.getDouble("progress");
    Instant started = Columns.instantOrNull(row, "started_at");
    return new JobView(
        row.getObject("id", UUID.class),
        row.getString("kind"),
        state,
        progress,
        row.getString("message"),
        row.getString("error"),
        row.getInt("attempt"),
        secondsLeft(state, started, progress),
        Columns.instant(row, "created_at"),
        started,
        Columns.instantOrNull(row, "finished_at"));
  }

  private @Nullable Long secondsLeft(
      JobView.State state, @Nullable Instant started, double progress) {
    if (state != JobView.State.RUNNING || started == null || progress < MIN_PROGRESS) {
      return null;
    }
    double elapsed = Duration.between(started, clock.instant()).toMillis() / 1_000.0;
    return Math.round(elapsed * (1 - progress) / progress);
  }
}
