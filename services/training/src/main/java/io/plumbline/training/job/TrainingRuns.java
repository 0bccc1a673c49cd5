package io.plumbline.training.job;

import io.plumbline.contracts.DatasetRegistryEvent.Part;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.job.LeaseLost;
import io.plumbline.training.TrainingSettings;
import io.plumbline.training.head.Epoch;
import io.plumbline.training.projection.ProjectionReader;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What whoever works on a job writes down. Every method is a transaction of its own and has no
 * effect once the lease is lost.
 */
@Service
public class TrainingRuns {

  /**
   * What is to be done under a lease.
   *
   * @param saved blobs of the checkpoints so far, by file name
   */
  public record Work(
      Lease lease,
      String baseModel,
      Part train,
      Part validation,
      Configuration configuration,
      long seed,
      int epochsDone,
      Map<String, Digest> saved) {}

  private final TrainingJobs jobs;
  private final JobStream stream;
  private final Checkpoints checkpoints;
  private final JobRecord record;
  private final ProjectionReader facts;
  private final TrainingSettings settings;
  private final Clock clock;

  TrainingRuns(
      TrainingJobs jobs,
      JobStream stream,
      Checkpoints checkpoints,
      JobRecord record,
      ProjectionReader facts,
      TrainingSettings settings,
      Clock clock) {
    this.jobs = jobs;
    this.stream = stream;
    this.checkpoints = checkpoints;
    this.record = record;
    this.facts = facts;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * @return empty when the run is void: the job was paused or has ended
   */
  @Transactional
  public Optional<Work> begin(Lease lease) {
    TrainingJob job = jobs.findForChangeById(lease.jobId()).orElse(null);
    if (job == null || !job.begin(lease.run(), now())) {
      return Optional.empty();
    }
    stream.take(lease);
    record.changed(job);
    Map<String, Part> parts = facts.split(job.splitDigest()).orElseThrow().parts();
    List<Checkpoints.Checkpoint> saved = checkpoints.of(job.id());
    Map<String, Digest> files = new LinkedHashMap<>();
    saved.forEach(each -> files.put(each.file(), each.digest()));
    return Optional.of(
        new Work(
            lease,
            job.baseModel(),
            part(parts, "train"),
            part(parts, "validation"),
            job.configuration(),
            job.seed(),
            saved.size(),
            files));
  }

  @Transactional
  public void embedded(Lease lease, int done, int total, @Nullable Long etaSeconds) {
    stream.require(lease);
    stream.embedded(lease.jobId(), done, total);
    stream.append(
        lease.jobId(), "embedded", entry("done", done, "total", total, "etaSeconds", etaSeconds));
  }

  @Transactional
  public void epoch(
      Lease lease, Epoch epoch, String file, Digest checkpoint, @Nullable Long etaSeconds) {
    stream.require(lease);
    if (checkpoints.add(
        lease.jobId(), new Checkpoints.Checkpoint(epoch.number(), file, checkpoint, epoch))) {
      stream.epoch(lease.jobId(), epoch.number());
      double seconds = stream.figures(lease.jobId()).computeSeconds();
      stream.append(
          lease.jobId(),
          "epoch",
          entry(
              "scores",
              epoch,
              "checkpoint",
              checkpoint,
              "spend",
              record.spend(seconds),
              "etaSeconds",
              etaSeconds));
    }
  }

  /**
   * Books the time since the last booking.
   *
   * @return why the job must stop, when its cap is reached
   */
  @Transactional
  public Optional<String> spent(Lease lease, double seconds, @Nullable Long etaSeconds) {
    stream.require(lease);
    stream.spent(lease.jobId(), seconds, etaSeconds);
    BigDecimal cap = jobs.findById(lease.jobId()).orElseThrow().maxSpend();
    BigDecimal spend = record.spend(stream.figures(lease.jobId()).computeSeconds()).amount();
    return cap != null && spend.compareTo(cap) > 0
        ? Optional.of(
            "Spend of %s USD exceeds the cap of %s USD. Its checkpoints are kept."
                .formatted(spend.toPlainString(), cap.toPlainString()))
        : Optional.empty();
  }

  @Transactional
  public void restarted(Lease lease, String reason) {
    stream.require(lease);
    stream.append(lease.jobId(), "restarted", entry("reason", reason));
  }

  @Transactional
  public void succeed(Lease lease, TrainingResult result) {
    TrainingJob job = held(lease);
    job.succeed(result, now());
    record.changed(job);
  }

  @Transactional
  public void fail(Lease lease, String reason) {
    TrainingJob job = held(lease);
    job.fail(reason, now());
    record.changed(job);
  }

  public TrainingSettings settings() {
    return settings;
  }

  /** The job first, its stream second: the order in which everybody locks. */
  private TrainingJob held(Lease lease) {
    UUID id = lease.jobId();
    TrainingJob job = jobs.findForChangeById(id).orElseThrow(() -> new LeaseLost(lease.jobId()));
    stream.require(lease);
    return job;
  }

  private static Part part(Map<String, Part> parts, String name) {
    return Optional.ofNullable(parts.get(name)).orElseThrow();
  }

  private static Map<String, @Nullable Object> entry(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      entry.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return entry;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
