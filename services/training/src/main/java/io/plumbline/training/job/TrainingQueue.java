package io.plumbline.training.job;

import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.projection.ProjectionReader.Split;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people and searches ask of jobs. */
@Service
public class TrainingQueue {

  public static final String KIND = "training";

  /** What the work queue carries. */
  public record Ticket(UUID jobId, int run) {}

  private final TrainingGate gate;
  private final TrainingJobs jobs;
  private final JobStream stream;
  private final JobRecord record;
  private final JobQueue queue;
  private final Clock clock;

  TrainingQueue(
      TrainingGate gate,
      TrainingJobs jobs,
      JobStream stream,
      JobRecord record,
      JobQueue queue,
      Clock clock) {
    this.gate = gate;
    this.jobs = jobs;
    this.stream = stream;
    this.record = record;
    this.queue = queue;
    this.clock = clock;
  }

  /** Refuses, with the missing evidence named, what must not be trained; has no effect. */
  @Transactional
  public void check(TrainingRequest request) {
    gate.pass(request);
  }

  /**
   * @return why the request would be refused now
   */
  @Transactional
  public Optional<String> refusal(TrainingRequest request) {
    try {
      gate.pass(request);
      return Optional.empty();
    } catch (Problem refused) {
      return Optional.of(refused.type().title() + ". " + refused.getMessage());
    }
  }

  @Transactional
  public TrainingJob submit(TrainingRequest request) {
    Split split = gate.pass(request);
    TrainingJob job =
        jobs.saveAndFlush(
            new TrainingJob(Ids.next(), Caller.current().workspace(), request, split, now()));
    stream.open(job.id());
    enqueue(job);
    return job;
  }

  @Transactional
  public TrainingJob pause(UUID id) {
    TrainingJob job = find(id);
    job.pause();
    stopWork(job);
    record.changed(job);
    return job;
  }

  @Transactional
  public TrainingJob resume(UUID id) {
    TrainingJob job = find(id);
    job.resume();
    enqueue(job);
    return job;
  }

  @Transactional
  public TrainingJob cancel(UUID id, String reason) {
    TrainingJob job = find(id);
    job.cancel(reason, now());
    stopWork(job);
    record.changed(job);
    return job;
  }

  /**
   * @return whether the search had a trial that had not ended
   */
  @Transactional
  public boolean cancelTrialOf(UUID sweepId, String reason) {
    Optional<UUID> trial = jobs.findUnendedTrial(sweepId);
    trial.ifPresent(id -> cancel(id, reason));
    return trial.isPresent();
  }

  private void enqueue(TrainingJob job) {
    job.queued(queue.enqueue(KIND, new Ticket(job.id(), job.run()), job.priority()));
    record.changed(job);
  }

  private void stopWork(TrainingJob job) {
    stream.revoke(job.id(), job.run());
    Optional.ofNullable(job.queueId()).ifPresent(queue::cancel);
  }

  private TrainingJob find(UUID id) {
    return jobs.findForChangeById(id).orElseThrow(Problem::notFound);
  }

  /** As PostgreSQL keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
