package io.plumbline.training.job;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.JobState;
import io.plumbline.platform.data.DigestConverter;
import io.plumbline.platform.data.VersionedEntity;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.hyperparameter.HyperparameterConfiguration;
import io.plumbline.training.projection.DatasetProjection.Split;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A job that tunes a base model, with its progress. {@link #run} is the number of the current run:
 * a worker's lease names one run, and pausing or ending the job invalidates it.
 */
@Entity
// The database permits changes to the state only.
@DynamicUpdate
@Table(name = "training_job")
public class TrainingJob extends VersionedEntity {

  @Id private UUID id;

  @Column(name = "workspace_id")
  private UUID workspaceId;

  @Embedded private TrainingSpec spec;
  private String dataset;
  private int datasetVersion;

  @Convert(converter = DigestConverter.class)
  private Digest datasetDigest;

  @JdbcTypeCode(SqlTypes.JSON)
  private HyperparameterConfiguration hyperparameters;

  private @Nullable BigDecimal maxSpend;
  private @Nullable UUID sweepId;
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

  /** Creates an empty entity for JPA. */
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected TrainingJob() {}

  TrainingJob(UUID id, UUID workspace, TrainingRequest request, Split split, Instant now) {
    this.id = id;
    this.workspaceId = workspace;
    this.spec = request.spec();
    this.dataset = split.dataset();
    this.datasetVersion = split.datasetVersion();
    this.datasetDigest = split.versionDigest();
    this.hyperparameters = request.configuration();
    this.maxSpend = request.maxSpend();
    this.sweepId = request.sweepId();
    this.createdAt = now;
    this.state = JobState.QUEUED;
  }

  /**
   * @param queueId the id of the entry of the job queue for this run
   */
  void setQueueEntry(UUID queueId) {
    this.queueId = queueId;
  }

  /**
   * Starts the run, for the first time or again after a crash.
   *
   * @return false when the run is no longer valid, because the job was paused or has ended
   */
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

  /**
   * Says why a queued job does not start yet.
   *
   * @return whether that is new
   */
  boolean explainWait(int ofRun, String why) {
    if (state != JobState.QUEUED || ofRun != run || why.equals(reason)) {
      return false;
    }
    reason = why;
    return true;
  }

  void pause() {
    requireState(
        state == JobState.QUEUED || state == JobState.RUNNING,
        "Pause a job that is QUEUED or RUNNING.");
    state = JobState.PAUSED;
    run++;
  }

  void resume() {
    requireState(state == JobState.PAUSED, "Resume a job that is PAUSED.");
    state = JobState.QUEUED;
  }

  void cancel(String why, Instant now) {
    requireState(!state.hasEnded(), "Cancel a job that has not ended.");
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

  private void requireState(boolean allowed, String remedy) {
    if (!allowed) {
      throw new Problem(TrainingProblem.WRONG_STATE, "The job is " + state + ". " + remedy);
    }
  }

  public UUID id() {
    return id;
  }

  public TrainingSpec spec() {
    return spec;
  }

  public String dataset() {
    return dataset;
  }

  public int datasetVersion() {
    return datasetVersion;
  }

  public Digest datasetDigest() {
    return datasetDigest;
  }

  public HyperparameterConfiguration configuration() {
    return hyperparameters;
  }

  public @Nullable BigDecimal maxSpend() {
    return maxSpend;
  }

  public @Nullable UUID sweepId() {
    return sweepId;
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
}
