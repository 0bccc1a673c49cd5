package io.plumbline.training.job;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.state.JobState;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.training.TrainingSettings;
import io.plumbline.training.feed.FeedEntry;
import io.plumbline.training.feed.FeedReader;
import io.plumbline.training.head.Epoch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads jobs from the database straight into views. */
@Service
@Transactional(readOnly = true)
public class JobReads implements FeedReader {

  /** A job in a list. */
  public record TrainingJobSummary(
      UUID jobId,
      String application,
      String baseModel,
      JobState state,
      @Nullable String reason,
      String dataset,
      int datasetVersion,
      @Nullable UUID sweepId,
      String author,
      Instant createdAt,
      @Nullable Instant finishedAt) {}

  /** Filters of the list. */
  public record Filter(
      @Nullable String application, @Nullable JobState state, @Nullable UUID sweepId) {}

  /** An epoch's scores and the blob of its checkpoint. */
  public record EpochRecord(Epoch scores, Digest checkpoint) {}

  /** The progress of a job. */
  public record Progress(
      int embedded,
      int texts,
      int epoch,
      int epochs,
      @Nullable Long etaSeconds,
      double computeSeconds,
      Money spend) {}

  /** A job with its progress and its epochs so far. */
  public record Details(TrainingJob job, Progress progress, List<EpochRecord> epochs) {}

  private static final int FEED_LIMIT = 200;

  private final TrainingJobs jobs;
  private final JobStream stream;
  private final Checkpoints checkpoints;
  private final JdbcClient sql;
  private final TrainingSettings settings;

  JobReads(
      TrainingJobs jobs,
      JobStream stream,
      Checkpoints checkpoints,
      JdbcClient sql,
      TrainingSettings settings) {
    this.jobs = jobs;
    this.stream = stream;
    this.checkpoints = checkpoints;
    this.sql = sql;
    this.settings = settings;
  }

  public Optional<Details> find(UUID id) {
    return jobs.findById(id)
        .map(job -> {
          JobStream.Metrics metrics = stream.metrics(id);
          Progress progress =
              new Progress(
                  metrics.embedded(),
                  metrics.texts(),
                  metrics.epoch(),
                  job.configuration().epochs(),
                  metrics.etaSeconds(),
                  metrics.computeSeconds(),
                  JobRecorder.spendOf(settings, metrics.computeSeconds()));
          return new Details(
              job,
              progress,
              checkpoints.ofJob(id).stream()
                  .map(each -> new EpochRecord(each.scores(), each.digest()))
                  .toList());
        });
  }

  /**
   * Reads the states and last event numbers in one statement. A job's end and its last event are in
   * one commit, so an ended job is always read with the number of its last event.
   */
  @Override
  public Map<UUID, FeedStatus> readStatuses(Set<UUID> ids) {
    Map<UUID, FeedStatus> heads = new HashMap<>();
    RowCallbackHandler found =
        row ->
            heads.put(
                row.getObject("id", UUID.class),
                new FeedStatus(
                    row.getLong("last_sequence"),
                    JobState.valueOf(row.getString("state")).hasEnded()));
    sql.sql(
            """
            SELECT job.id, job.state, stream.last_sequence FROM training_job job
            JOIN job_stream stream ON stream.job_id = job.id WHERE job.id = ANY(?)
            """)
        .param(ids.toArray(UUID[]::new))
        .query(found);
    return heads;
  }

  @Override
  public List<FeedEntry> eventsAfter(UUID job, long sequence) {
    return stream.eventsAfter(job, sequence, FEED_LIMIT);
  }

  public Page<TrainingJobSummary> list(Filter filter, PageRequest request) {
    String where =
        "(?::text IS NULL OR application = ?) AND (?::text IS NULL OR state = ?) AND (?::uuid IS"
            + " NULL OR sweep_id = ?)";
    String state = filter.state() == null ? null : filter.state().name();
    List<@Nullable Object> parameters = new ArrayList<>();
    for (Object each : new @Nullable Object[] {filter.application(), state, filter.sweepId()}) {
      parameters.add(each);
      parameters.add(each);
    }
    long counted = Page.countRows(sql, "training_job WHERE " + where, parameters.toArray());
    parameters.add(request.afterId());
    parameters.add(request.fetchSize());
    List<TrainingJobSummary> jobs =
        sql.sql(
                """
                SELECT id, application, base_model, state, reason, dataset, dataset_version,
                  sweep_id, author, created_at, finished_at
                FROM training_job WHERE %s AND id < ? ORDER BY id DESC LIMIT ?
                """
                    .formatted(where))
            .params(parameters)
            .query((row, index) ->
                new TrainingJobSummary(
                    row.getObject("id", UUID.class),
                    row.getString("application"),
                    row.getString("base_model"),
                    JobState.valueOf(row.getString("state")),
                    row.getString("reason"),
                    row.getString("dataset"),
                    row.getInt("dataset_version"),
                    row.getObject("sweep_id", UUID.class),
                    row.getString("author"),
                    Columns.instant(row, "created_at"),
                    Columns.instantOrNull(row, "finished_at")))
            .list();
    return Page.of(jobs, request, job -> List.of(job.jobId().toString()), counted);
  }
}
