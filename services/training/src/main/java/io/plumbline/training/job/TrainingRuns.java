package io.plumbline.training.job;

import io.plumbline.contracts.DatasetRegistryEvent.Part;
import io.plumbline.contracts.Digest;
import io.plumbline.training.TrainingSettings;
import io.plumbline.training.head.Epoch;
import io.plumbline.training.reference.KnownFacts;
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
 * effect once the hold is lost.
 */
@Service
public class TrainingRuns {

  /**
   * What is to be done under a hold.
   *
   * @param saved blobs of the checkpoints so far, by file name
   */
  public record Work(
      Hold hold,
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
  private final KnownFacts facts;
  private final TrainingSettings settings;
  private final Clock clock;

  TrainingRuns(
      TrainingJobs jobs,
      JobStream stream,
      Checkpoints checkpoints,
      JobRecord record,
      KnownFacts facts,
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
  public Optional<Work> begin(Hold hold) {
    TrainingJob job = jobs.findForChangeById(hold.jobId()).orElse(null);
    if (job == null || !job.begin(hold.run(), now())) {
      return Optional.empty();
    }
    stream.take(hold);
    record.changed(job);
    Map<String, Part> parts = facts.split(job.splitDigest()).orElseThrow().parts();
    List<Checkpoints.Checkpoint> saved = checkpoints.of(job.id());
    Map<String, Digest> files = new LinkedHashMap<>();
    saved.forEach(each -> files.put(each.file(), each.digest()));
    return Optional.of(
        new Work(
            hold,
            job.baseModel(),
            part(parts, "train"),
            part(parts, "validation"),
            job.configuration(),
            job.seed(),
            saved.size(),
            files));
  }

  @Transactional
  public void embedded(Hold hold, int done, int total, @Nullable Long etaSeconds) {
    stream.require(hold);
    stream.embedded(hold.jobId(), done, total);
    stream.append(
        hold.jobId(), "embedded", entry("done", done, "total", total, "etaSeconds", etaSeconds));
  }

  @Transactional
  public void epoch(
      Hold hold, Epoch epoch, String file, Digest checkpoint, @Nullable Long etaSeconds) {
    stream.require(hold);
    if (checkpoints.add(
        hold.jobId(), new Checkpoints.Checkpoint(epoch.number(), file, checkpoint, epoch))) {
      stream.epoch(hold.jobId(), epoch.number());
      double seconds = stream.figures(hold.jobId()).computeSeconds();
      stream.append(
          hold.jobId(),
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
  public Optional<String> spent(Hold hold, double seconds, @Nullable Long etaSeconds) {
    stream.require(hold);
    stream.spent(hold.jobId(), seconds, etaSeconds);
    BigDecimal cap = jobs.findById(hold.jobId()).orElseThrow().maxSpend();
    BigDecimal spend = record.spend(stream.figures(hold.jobId()).computeSeconds()).amount();
    return cap != null && spend.compareTo(cap) > 0
        ? Optional.of(
            "Spend of %s USD exceeds the cap of %s USD. Its checkpoints are kept."
                .formatted(spend.toPlainString(), cap.toPlainString()))
        : Optional.empty();
  }

  @Transactional
  public void restarted(Hold hold, String reason) {
    stream.require(hold);
    stream.append(hold.jobId(), "restarted", entry("reason", reason));
  }

  @Transactional
  public void succeed(Hold hold, TrainingResult result) {
    TrainingJob job = held(hold);
    job.succeed(result, now());
    record.changed(job);
  }

  @Transactional
  public void fail(Hold hold, String reason) {
    TrainingJob job = held(hold);
    job.fail(reason, now());
    record.changed(job);
  }

  public TrainingSettings settings() {
    return settings;
  }

  /** The job first, its stream second: the order in which everybody locks. */
  private TrainingJob held(Hold hold) {
    UUID id = hold.jobId();
    TrainingJob job = jobs.findForChangeById(id).orElseThrow(() -> new LostHold(hold));
    stream.require(hold);
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
