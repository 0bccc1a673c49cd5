package io.plumbline.compliance.verification;

import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.job.JobView;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The verifications of the ledger: one background job at a time over all replicas, and its result,
 * which everybody reads. So no reader can make the service verify.
 */
@Service
class Verifications {

  static final String KIND = "ledger-verification";

  /** The ledger belongs to no workspace, and so does the job. */
  private static final UUID NO_WORKSPACE = new UUID(0, 0);

  /**
   * The state of the verifications.
   *
   * @param last the last result; absent before the first
   * @param running whether a verification runs or waits to run
   * @param failure why the last verification had no result; absent if it had one
   */
  record Status(@Nullable VerificationResult last, boolean running, @Nullable String failure) {}

  private record Row(@Nullable UUID job, @Nullable String result, @Nullable Instant verifiedAt) {}

  private final JdbcClient sql;
  private final JobQueue jobs;
  private final JsonMapper json;

  Verifications(JdbcClient sql, JobQueue jobs, JsonMapper json) {
    this.sql = sql;
    this.jobs = jobs;
    this.json = json;
  }

  @Transactional
  Status status() {
    Row row = read("");
    String result = row.result;
    Optional<JobView> job = job(row);
    return new Status(
        result == null ? null : json.readValue(result, VerificationResult.class),
        job.filter(Verifications::isUnderWay).isPresent(),
        job.filter(each -> each.state() == JobView.State.FAILED).map(JobView::error).orElse(null));
  }

  /**
   * Starts a verification.
   *
   * @throws Problem while another one is under way, which may not cover what was recorded since it
   *     began
   */
  @Transactional
  void start() {
    if (!startUnlessUnderWay(read(" FOR UPDATE"))) {
      throw new Problem(
              CommonProblem.STILL_RUNNING,
              "Another verification of the ledger is running; try again when it has finished.")
          .retryAfter(Duration.ofSeconds(5));
    }
  }

  /** Starts a verification if the last result is older than the interval, by PostgreSQL's clock. */
  @Transactional
  boolean startIfDue(Duration interval) {
    Row row = read(" FOR UPDATE");
    Instant last = row.verifiedAt;
    return (last == null || last.plus(interval).isBefore(now())) && startUnlessUnderWay(row);
  }

  /** Stores the result of the job that is under way. */
  @Transactional
  void store(VerificationResult result) {
    sql.sql("UPDATE ledger_verification SET result = ?::jsonb, verified_at = clock_timestamp()")
        .param(json.writeValueAsString(result))
        .update();
  }

  private boolean startUnlessUnderWay(Row row) {
    if (job(row).filter(Verifications::isUnderWay).isPresent()) {
      return false;
    }
    Caller.system(NO_WORKSPACE)
        .run(() ->
            sql.sql("UPDATE ledger_verification SET job_id = ?")
                .param(jobs.enqueue(KIND, Map.of(), 0))
                .update());
    return true;
  }

  private Optional<JobView> job(Row row) {
    UUID id = row.job;
    if (id == null) {
      return Optional.empty();
    }
    try {
      return Caller.system(NO_WORKSPACE).call(() -> jobs.find(id));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isUnderWay(JobView job) {
    return job.state() == JobView.State.QUEUED || job.state() == JobView.State.RUNNING;
  }

  private Row read(String lock) {
    return sql.sql("SELECT job_id, result, verified_at FROM ledger_verification" + lock)
        .query((row, number) ->
            new Row(
                row.getObject("job_id", UUID.class),
                row.getString("result"),
                Columns.instantOrNull(row, "verified_at")))
        .single();
  }

  private Instant now() {
    return sql.sql("SELECT clock_timestamp() AS now")
        .query((row, number) -> Columns.instant(row, "now"))
        .single();
  }
}
