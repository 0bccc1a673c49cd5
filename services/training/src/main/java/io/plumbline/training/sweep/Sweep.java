package io.plumbline.training.sweep;

import io.plumbline.contracts.state.JobState;
import io.plumbline.platform.data.VersionedEntity;
import io.plumbline.training.job.TrainingJob;
import io.plumbline.training.job.TrainingRequest;
import io.plumbline.training.job.TrainingResult;
import io.plumbline.training.job.TrainingSpec;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A sweep over a grid of hyperparameters. Its trials run one after the other. At the end of each
 * trial the sweep decides whether the next one runs.
 */
@Entity
// The database permits changes to the state only.
@DynamicUpdate
@Table(name = "sweep")
public class Sweep extends VersionedEntity {

  /** The step that follows the end of a trial. */
  sealed interface Next {

    record Submit(int trial, TrainingRequest request) implements Next {}

    /** The end of the sweep. */
    record Finish() implements Next {}
  }

  @Id private UUID id;

  @Column(name = "workspace_id")
  private UUID workspaceId;

  @Embedded private TrainingSpec spec;

  @Enumerated(EnumType.STRING)
  private SweepMetric metric;

  @JdbcTypeCode(SqlTypes.JSON)
  private Grid grid;

  private long gridSize;
  private @Nullable BigDecimal maxSpend;
  private @Nullable Double maxComputeSeconds;
  private double computeSeconds;
  private Instant createdAt;
  private @Nullable Instant finishedAt;

  @Enumerated(EnumType.STRING)
  private SweepState state;

  private @Nullable String reason;

  @JdbcTypeCode(SqlTypes.JSON)
  private List<Trial> trials;

  private @Nullable Integer bestTrial;

  /** Creates an empty entity for JPA. */
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Sweep() {}

  Sweep(UUID id, UUID workspace, SweepRequest request, Instant now) {
    this.id = id;
    this.workspaceId = workspace;
    this.spec = request.spec();
    this.metric = request.metric();
    this.grid = request.grid();
    this.gridSize = request.grid().size();
    this.maxSpend = request.maxSpend();
    this.maxComputeSeconds = request.maxComputeSeconds();
    this.createdAt = now;
    this.state = SweepState.RUNNING;
    this.trials = List.copyOf(request.trials());
  }

  /** Returns the first trial to run. */
  Next.Submit firstSubmission(BigDecimal usdPerHour) {
    return new Next.Submit(0, trialRequest(0, usdPerHour));
  }

  void recordTrialSubmission(int trial, UUID jobId) {
    replaceTrial(trial, trials.get(trial).withJob(jobId));
  }

  /** Records the end of a trial and decides the next step. */
  Next recordTrialEnd(TrainingJob job, double seconds, BigDecimal usdPerHour, Instant now) {
    computeSeconds += seconds;
    int trial = indexOf(job.id());
    TrainingResult result = job.result();
    replaceTrial(trial, endedTrial(trials.get(trial), job.state(), result));
    if (result != null
        && (bestTrial == null || trials.get(trial).isBetterThan(trials.get(bestTrial)))) {
      bestTrial = trial;
    }
    if (job.state() == JobState.CANCELLED) {
      finish(SweepState.CANCELLED, job.reason(), now);
      return new Next.Finish();
    }
    int next = trial + 1;
    Optional<String> exhausted =
        next < trials.size() ? budgetExhaustedReason(usdPerHour) : Optional.empty();
    if (next < trials.size() && exhausted.isEmpty()) {
      return new Next.Submit(next, trialRequest(next, usdPerHour));
    }
    endWithBestTrial(exhausted.orElse(null), now);
    return new Next.Finish();
  }

  private Trial endedTrial(Trial trial, JobState how, @Nullable TrainingResult result) {
    if (result == null) {
      return trial.withEnd(how, null, null);
    }
    return trial.withEnd(how, metricOf(result), result.best().validationLoss());
  }

  /**
   * Ends the sweep with its best trial so far.
   *
   * @param why the reason; absent when all trials have run
   */
  void endWithBestTrial(@Nullable String why, Instant now) {
    if (bestTrial == null) {
      finish(SweepState.FAILED, why == null ? "No trial succeeded" : why, now);
    } else {
      finish(SweepState.SUCCEEDED, why, now);
    }
  }

  private void finish(SweepState how, @Nullable String why, Instant now) {
    state = how;
    reason = why;
    finishedAt = now;
  }

  private Optional<String> budgetExhaustedReason(BigDecimal usdPerHour) {
    Double seconds = maxComputeSeconds;
    if (seconds != null && computeSeconds >= seconds) {
      return Optional.of("The compute budget of %.0f s is used up".formatted(seconds));
    }
    BigDecimal cap = maxSpend;
    if (cap != null && remainingBudget(cap, usdPerHour).signum() <= 0) {
      return Optional.of("The budget of " + cap.toPlainString() + " USD is used up");
    }
    return Optional.empty();
  }

  /** Returns the request of a trial, which may spend the rest of the sweep's budget. */
  private TrainingRequest trialRequest(int trial, BigDecimal usdPerHour) {
    BigDecimal left = maxSpend == null ? null : remainingBudget(maxSpend, usdPerHour);
    Double seconds = maxComputeSeconds;
    if (seconds != null) {
      BigDecimal worth = costOf(seconds - computeSeconds, usdPerHour);
      left = left == null ? worth : left.min(worth);
    }
    return new TrainingRequest(spec, trials.get(trial).configuration(), left, id);
  }

  private BigDecimal remainingBudget(BigDecimal cap, BigDecimal usdPerHour) {
    return cap.subtract(costOf(computeSeconds, usdPerHour));
  }

  private static BigDecimal costOf(double seconds, BigDecimal usdPerHour) {
    return usdPerHour
        .multiply(BigDecimal.valueOf(seconds))
        .divide(BigDecimal.valueOf(3_600), 6, RoundingMode.HALF_UP);
  }

  private @Nullable Double metricOf(TrainingResult result) {
    var value = metric.valueIn(result);
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private int indexOf(UUID jobId) {
    for (int i = 0; i < trials.size(); i++) {
      if (jobId.equals(trials.get(i).jobId())) {
        return i;
      }
    }
    throw new IllegalArgumentException("Job " + jobId + " is not a trial of sweep " + id);
  }

  private void replaceTrial(int trial, Trial by) {
    List<Trial> changed = new ArrayList<>(trials);
    changed.set(trial, by);
    trials = List.copyOf(changed);
  }

  public UUID id() {
    return id;
  }

  public TrainingSpec spec() {
    return spec;
  }

  public SweepMetric metric() {
    return metric;
  }

  public Grid grid() {
    return grid;
  }

  public long gridSize() {
    return gridSize;
  }

  public double computeSeconds() {
    return computeSeconds;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public @Nullable Instant finishedAt() {
    return finishedAt;
  }

  public SweepState state() {
    return state;
  }

  public @Nullable String reason() {
    return reason;
  }

  public List<Trial> trials() {
    return trials;
  }

  public Optional<Trial> best() {
    return Optional.ofNullable(bestTrial).map(trials::get);
  }
}
