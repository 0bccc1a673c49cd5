package io.plumbline.training.job;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.projection.ProjectionReader.Split;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A request to tune a base model and how far it has come. {@link #run} counts how often it was set
 * going: whoever works on it holds one run, and pausing or ending the job makes that run void.
 */
@Entity
@Table(name = "training_job")
public class TrainingJob {

  @Id private UUID id;

  @Column(name = "workspace_id")
  private UUID workspaceId;

  private String application;
  private String baseModel;

  @Enumerated(EnumType.STRING)
  private TrainingMethod method;

  private String dataset;
  private int datasetVersion;
  private String datasetDigest;
  private String splitDigest;

  @JdbcTypeCode(SqlTypes.JSON)
  private Configuration hyperparameters;

  private long seed;
  private int priority;
  private @Nullable BigDecimal maxSpend;
  private @Nullable UUID sweepId;
  private String author;
  private Instant createdAt;

  @Enumerated(EnumType.STRING)
  private JobState state;

  private @Nullable String reason;
  private int run;
  private @Nullable UUID queueId;
  private int attempt;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;

  @JdbcTypeCode(SqlTypes.JSON)
  private @Nullable TrainingResult result;

  /** Absent until saved: that is how an entity whose id we give is known to be new. */
  @Version private @Nullable Long version;

  /** For JPA alone. */
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected TrainingJob() {}

  TrainingJob(UUID id, UUID workspace, TrainingRequest request, Split split, Instant now) {
    this.id = id;
    this.workspaceId = workspace;
    this.application = request.application();
    this.baseModel = request.baseModel();
    this.method = request.method();
    this.dataset = split.dataset();
    this.datasetVersion = split.datasetVersion();
    this.datasetDigest = split.versionDigest().hex();
    this.splitDigest = split.digest().hex();
    this.hyperparameters = request.configuration();
    this.seed = request.seed();
    this.priority = request.priority();
    this.maxSpend = request.maxSpend();
    this.sweepId = request.sweepId();
    this.author = request.author();
    this.createdAt = now;
    this.state = JobState.QUEUED;
  }

  /**
   * @param queueId the entry of the work queue that will carry this run
   */
  void queued(UUID queueId) {
    this.queueId = queueId;
  }

  /** Takes up the run, for the first time or again after a crash. */
  boolean begin(int ofRun, Instant now) {
    if (ofRun != run || (state != JobState.QUEUED && state != JobState.RUNNING)) {
      return false;
    }
    state = JobState.RUNNING;
    reason = null;
    attempt++;
    startedAt = startedAt == null ? now : startedAt;
    return true;
  }

  void pause() {
    require(
        state == JobState.QUEUED || state == JobState.RUNNING,
        "Only a job that is QUEUED or RUNNING can be paused.");
    state = JobState.PAUSED;
    run++;
  }

  void resume() {
    require(state == JobState.PAUSED, "Only a job that is PAUSED can be resumed.");
    state = JobState.QUEUED;
  }

  void cancel(String why, Instant now) {
    require(!state.ended(), "The job has ended; there is nothing left to cancel.");
    end(JobState.CANCELLED, why, now);
  }

  void fail(String why, Instant now) {
    end(JobState.FAILED, why, now);
  }

  void succeed(TrainingResult made, Instant now) {
    result = made;
    end(JobState.SUCCEEDED, null, now);
  }

  private void end(JobState how, @Nullable String why, Instant now) {
    state = how;
    reason = why;
    finishedAt = now;
    run++;
  }

  private void require(boolean allowed, String remedy) {
    if (!allowed) {
      throw new Problem(TrainingProblem.WRONG_STATE, "The job is " + state + ". " + remedy);
    }
  }

  public UUID id() {
    return id;
  }

  public String application() {
    return application;
  }

  public String baseModel() {
    return baseModel;
  }

  public TrainingMethod method() {
    return method;
  }

  public String dataset() {
    return dataset;
  }

  public int datasetVersion() {
    return datasetVersion;
  }

  public Digest datasetDigest() {
    return new Digest(datasetDigest);
  }

  public Digest splitDigest() {
    return new Digest(splitDigest);
  }

  public Configuration configuration() {
    return hyperparameters;
  }

  public long seed() {
    return seed;
  }

  public int priority() {
    return priority;
  }

  public @Nullable BigDecimal maxSpend() {
    return maxSpend;
  }

  public @Nullable UUID sweepId() {
    return sweepId;
  }

  public String author() {
    return author;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public JobState state() {
    return state;
  }

  public @Nullable String reason() {
    return reason;
  }

  int run() {
    return run;
  }

  @Nullable UUID queueId() {
    return queueId;
  }

  public int attempt() {
    return attempt;
  }

  public @Nullable Instant startedAt() {
    return startedAt;
  }

  public @Nullable Instant finishedAt() {
    return finishedAt;
  }

  public @Nullable TrainingResult result() {
    return result;
  }

  public long revision() {
    return Objects.requireNonNull(version, "not saved yet");
  }
}
