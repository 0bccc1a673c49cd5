package io.plumbline.training.job;

import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.projection.DatasetProjection.Split;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Submits, pauses, resumes and cancels training jobs. */
@Service
public class TrainingQueue {

  public static final String KIND = "training";

  /** The payload in the job queue. */
  public record Ticket(UUID jobId, int run) {}

  private final TrainingGate gate;
  private final TrainingJobs jobs;
  private final JobStream stream;
  private final JobRecorder record;
  private final JobQueue queue;
  private final Clock clock;

  TrainingQueue(
      TrainingGate gate,
      TrainingJobs jobs,
      JobStream stream,
      JobRecorder record,
      JobQueue queue,
      Clock clock) {
    this.gate = gate;
    this.jobs = jobs;
    this.stream = stream;
    this.record = record;
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * Requires that a request would be accepted, without creating a job.
   *
   * @throws Problem with the missing evidence, when the request is refused
   */
  @Transactional
  public void requireAllowed(TrainingRequest request) {
    gate.requireAllowed(request.spec());
  }

  /**
   * @return the reason why the request would be refused now; empty if it would be accepted
   */
  @Transactional
  public Optional<String> refusalReason(TrainingRequest request) {
    return gate.refusalReason(request.spec());
  }

  @Transactional
  public TrainingJob submit(TrainingRequest request) {
    Split split = gate.requireAllowed(request.spec());
    TrainingJob job =
        jobs.saveAndFlush(
            new TrainingJob(
                Ids.next(), Caller.current().workspace(), request, split, clock.instant()));
    stream.openStream(job.id());
    enqueue(job);
    return job;
  }

  @Transactional
  public TrainingJob pause(UUID id) {
    TrainingJob job = lockJob(id);
    job.pause();
    stopWork(job);
    record.recordChange(job);
    return job;
  }

  @Transactional
  public TrainingJob resume(UUID id) {
    TrainingJob job = lockJob(id);
    job.resume();
    enqueue(job);
    return job;
  }

  @Transactional
  public TrainingJob cancel(UUID id, String reason) {
    TrainingJob job = lockJob(id);
    job.cancel(reason, clock.instant());
    stopWork(job);
    record.recordChange(job);
    return job;
  }

  /**
   * Cancels the trial of a sweep that has not ended.
   *
   * @return whether there was such a trial
   */
  @Transactional
  public boolean cancelTrialOf(UUID sweepId, String reason) {
    Optional<UUID> trial = jobs.findUnendedTrial(sweepId);
    trial.ifPresent(id -> cancel(id, reason));
    return trial.isPresent();
  }

  private void enqueue(TrainingJob job) {
    job.setQueueEntry(queue.enqueue(KIND, new Ticket(job.id(), job.run()), job.spec().priority()));
    record.recordChange(job);
  }

  private void stopWork(TrainingJob job) {
    stream.revokeLeases(job.id(), job.run());
    Optional.ofNullable(job.queueId()).ifPresent(queue::cancel);
  }

  private TrainingJob lockJob(UUID id) {
    return jobs.findForChangeById(id).orElseThrow(Problem::notFound);
  }
}
