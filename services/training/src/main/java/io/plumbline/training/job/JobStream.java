package io.plumbline.training.job;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.LeaseLost;
import io.plumbline.training.feed.FeedEntry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The repository of the numbered events of a job and its running metrics. A number is assigned
 * under the lock of the job's stream row, in the transaction that inserts the event. So numbers
 * become visible in their order, and a reader that has seen number n misses no event up to n.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class JobStream {

  /** The running metrics of a job; {@code texts} is zero before embedding has started. */
  record Metrics(
      int embedded,
      int texts,
      int epoch,
      @Nullable Long etaSeconds,
      double computeSeconds,
      long lastSequence) {}

  private final JdbcClient sql;
  private final JsonMapper json;
  private final Clock clock;

  JobStream(JdbcClient sql, JsonMapper json, Clock clock) {
    this.sql = sql;
    this.json = json;
    this.clock = clock;
  }

  void openStream(UUID jobId) {
    sql.sql(
            """
            INSERT INTO job_stream (workspace_id, job_id, run, fence, last_sequence, embedded,
              texts, epoch, compute_seconds)
            VALUES (?, ?, 0, 0, 0, 0, 0, 0, 0)
            """)
        .params(Caller.current().workspace(), jobId)
        .update();
  }

  /**
   * Makes a lease the only one that may write to the job's stream.
   *
   * @throws LeaseLost when a later run or a higher fence has taken the job
   */
  void takeLease(Lease lease) {
    int taken =
        sql.sql(
                "UPDATE job_stream SET run = ?, fence = ? WHERE job_id = ? AND (run, fence) <= (?,"
                    + " ?)")
            .params(lease.run(), lease.fence(), lease.jobId(), lease.run(), lease.fence())
            .update();
    if (taken == 0) {
      throw new LeaseLost(lease.jobId());
    }
  }

  /** Revokes every lease of an earlier run. */
  void revokeLeases(UUID jobId, int run) {
    sql.sql("UPDATE job_stream SET run = ?, fence = 0, eta_seconds = NULL WHERE job_id = ?")
        .params(run, jobId)
        .update();
  }

  /**
   * Checks that the lease is still valid, and keeps it valid until the transaction ends.
   *
   * @throws LeaseLost when it is not
   */
  void requireLease(Lease lease) {
    boolean valid =
        sql.sql("SELECT true FROM job_stream WHERE job_id = ? AND run = ? AND fence = ? FOR UPDATE")
            .params(lease.jobId(), lease.run(), lease.fence())
            .query(Boolean.class)
            .optional()
            .isPresent();
    if (!valid) {
      throw new LeaseLost(lease.jobId());
    }
  }

  void append(UUID jobId, String kind, Map<String, ? extends @Nullable Object> data) {
    Long sequence =
        sql.sql(
                "UPDATE job_stream SET last_sequence = last_sequence + 1 WHERE job_id = ? RETURNING"
                    + " last_sequence")
            .param(jobId)
            .query(Long.class)
            .single();
    sql.sql(
            "INSERT INTO job_event (workspace_id, job_id, sequence, kind, data, at) VALUES (?, ?,"
                + " ?, ?, ?::jsonb, ?)")
        .params(
            Caller.current().workspace(),
            jobId,
            sequence,
            kind,
            json.writeValueAsString(data),
            clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  void recordEmbedded(UUID jobId, int embedded, int texts) {
    sql.sql("UPDATE job_stream SET embedded = ?, texts = ? WHERE job_id = ?")
        .params(embedded, texts, jobId)
        .update();
  }

  void recordEpoch(UUID jobId, int epoch) {
    sql.sql("UPDATE job_stream SET epoch = ? WHERE job_id = ?").params(epoch, jobId).update();
  }

  void addComputeTime(UUID jobId, double seconds, @Nullable Long etaSeconds) {
    sql.sql(
            "UPDATE job_stream SET compute_seconds = compute_seconds + ?, eta_seconds = ? WHERE"
                + " job_id = ?")
        .param(seconds)
        .param(etaSeconds)
        .param(jobId)
        .update();
  }

  Metrics metrics(UUID jobId) {
    return sql.sql(
            "SELECT embedded, texts, epoch, eta_seconds, compute_seconds, last_sequence FROM"
                + " job_stream WHERE job_id = ?")
        .param(jobId)
        .query(Metrics.class)
        .single();
  }

  List<FeedEntry> eventsAfter(UUID jobId, long sequence, int limit) {
    return sql.sql(
            "SELECT sequence, kind, data FROM job_event WHERE job_id = ? AND sequence > ? ORDER BY"
                + " sequence LIMIT ?")
        .params(jobId, sequence, limit)
        .query((row, number) ->
            new FeedEntry(row.getLong("sequence"), row.getString("kind"), row.getString("data")))
        .list();
  }
}
