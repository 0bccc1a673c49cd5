package io.plumbline.training.job;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.job.LeaseLost;
import io.plumbline.training.head.Epoch;
import io.plumbline.training.hyperparameter.HyperparameterConfiguration;
import io.plumbline.training.projection.DatasetProjection;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Records the reports of a job's worker. Every method runs in its own transaction and has no effect
 * once the lease is lost.
 */
@Service
public class TrainingRunRecorder {

  /**
   * The work to do under a lease.
   *
   * @param saved the blobs of the checkpoints so far, by file name
   */
  public record Work(
      Lease lease,
      String baseModel,
      Subset train,
      Subset validation,
      HyperparameterConfiguration configuration,
      long seed,
      int epochsDone,
      Map<String, Digest> saved) {}

  private final TrainingJobs jobs;
  private final JobStream stream;
  private final Checkpoints checkpoints;
  private final JobRecorder record;
  private final DatasetProjection datasets;
  private final Clock clock;

  TrainingRunRecorder(
      TrainingJobs jobs,
      JobStream stream,
      Checkpoints checkpoints,
      JobRecorder record,
      DatasetProjection datasets,
      Clock clock) {
    this.jobs = jobs;
    this.stream = stream;
    this.checkpoints = checkpoints;
    this.record = record;
    this.datasets = datasets;
    this.clock = clock;
  }

  /**
   * Begins a run.
   *
   * @return the work; empty when the run is no longer valid, because the job was paused or has
   *     ended
   */
  @Transactional
  public Optional<Work> begin(Lease lease) {
    TrainingJob job = jobs.findForChangeById(lease.jobId()).orElse(null);
    if (job == null || !job.begin(lease.run(), clock.instant())) {
      return Optional.empty();
    }
    stream.takeLease(lease);
    record.recordChange(job);
    Map<String, Subset> subsets = datasets.split(job.spec().splitDigest()).orElseThrow().subsets();
    List<Checkpoints.Checkpoint> saved = checkpoints.ofJob(job.id());
    Map<String, Digest> files = new LinkedHashMap<>();
    saved.forEach(each -> files.put(each.file(), each.digest()));
    return Optional.of(
        new Work(
            lease,
            job.spec().baseModel(),
            requireSubset(subsets, "train"),
            requireSubset(subsets, "validation"),
            job.configuration(),
            job.spec().seed(),
            saved.size(),
            files));
  }

  @Transactional
  public void recordEmbedded(Lease lease, int done, int total, @Nullable Long etaSeconds) {
    stream.requireLease(lease);
    stream.recordEmbedded(lease.jobId(), done, total);
    stream.append(
        lease.jobId(),
        "embedded",
        eventData("done", done, "total", total, "etaSeconds", etaSeconds));
  }

  @Transactional
  public void recordEpoch(
      Lease lease, Epoch epoch, String file, Digest checkpoint, @Nullable Long etaSeconds) {
    stream.requireLease(lease);
    if (checkpoints.add(
        lease.jobId(), new Checkpoints.Checkpoint(epoch.number(), file, checkpoint, epoch))) {
      stream.recordEpoch(lease.jobId(), epoch.number());
      double seconds = stream.metrics(lease.jobId()).computeSeconds();
      stream.append(
          lease.jobId(),
          "epoch",
          eventData(
              "scores",
              epoch,
              "checkpoint",
              checkpoint,
              "spend",
              record.spendOf(seconds),
              "etaSeconds",
              etaSeconds));
    }
  }

  /**
   * Adds the compute time since the last call.
   *
   * @return the reason why the job must stop, once its spend cap is exceeded
   */
  @Transactional
  public Optional<String> addComputeTime(Lease lease, double seconds, @Nullable Long etaSeconds) {
    stream.requireLease(lease);
    stream.addComputeTime(lease.jobId(), seconds, etaSeconds);
    BigDecimal cap = jobs.findById(lease.jobId()).orElseThrow().maxSpend();
    BigDecimal spend = record.spendOf(stream.metrics(lease.jobId()).computeSeconds()).amount();
    if (cap == null || spend.compareTo(cap) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        "Spend of %s USD exceeds the cap of %s USD. Create a job with a higher maxSpend."
            .formatted(spend.toPlainString(), cap.toPlainString()));
  }

  @Transactional
  public void recordRestart(Lease lease, String reason) {
    stream.requireLease(lease);
    stream.append(lease.jobId(), "restarted", eventData("reason", reason));
  }

  @Transactional
  public void succeed(Lease lease, TrainingResult result) {
    TrainingJob job = lockedJob(lease);
    job.succeed(result, clock.instant());
    record.recordChange(job);
  }

  @Transactional
  public void fail(Lease lease, String reason) {
    TrainingJob job = lockedJob(lease);
    job.fail(reason, clock.instant());
    record.recordChange(job);
  }

  /** Locks the job first and its stream second, in the same order as every other writer. */
  private TrainingJob lockedJob(Lease lease) {
    UUID id = lease.jobId();
    TrainingJob job = jobs.findForChangeById(id).orElseThrow(() -> new LeaseLost(lease.jobId()));
    stream.requireLease(lease);
    return job;
  }

  private static Subset requireSubset(Map<String, Subset> subsets, String name) {
    return Optional.ofNullable(subsets.get(name)).orElseThrow();
  }

  private static Map<String, @Nullable Object> eventData(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      entry.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return entry;
  }
}
