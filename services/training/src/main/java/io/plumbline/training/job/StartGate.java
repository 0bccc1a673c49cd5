package io.plumbline.training.job;

import io.plumbline.contracts.state.JobState;
import io.plumbline.platform.gate.EvidenceAnswer;
import io.plumbline.platform.gate.EvidenceAnswer.Behind;
import io.plumbline.platform.gate.EvidenceAnswer.Incomplete;
import io.plumbline.platform.job.JobPostponed;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks the gate again when a queued job is about to start. A job that may not start by then keeps
 * its place in the queue, holds no worker, and says why. Nobody asks again about a job that has
 * started.
 */
@Component
public class StartGate {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final TrainingGate gate;
  private final TrainingEvidence evidence;
  private final TrainingJobs jobs;
  private final JobRecorder record;
  private final TransactionTemplate transaction;

  StartGate(
      TrainingGate gate,
      TrainingEvidence evidence,
      TrainingJobs jobs,
      JobRecorder record,
      PlatformTransactionManager transactions) {
    this.gate = gate;
    this.evidence = evidence;
    this.jobs = jobs;
    this.record = record;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Requires that the job of a ticket may start now.
   *
   * @throws JobPostponed when its evidence is incomplete, or the gate has closed since its request
   */
  public void requireOpen(TrainingQueue.Ticket ticket) {
    Optional<TrainingSpec> starting =
        read(() ->
            jobs.findById(ticket.jobId())
                .filter(job -> job.state() == JobState.QUEUED && job.run() == ticket.run())
                .map(TrainingJob::spec));
    if (starting.isEmpty()) {
      return;
    }
    EvidenceAnswer answer = evidence.answer(ticket.jobId(), starting.get());
    if (answer instanceof Behind behind) {
      throw new JobPostponed(behind.pause(), reason(behind.problem()));
    }
    Optional<String> refusal =
        answer instanceof Incomplete closed
            ? Optional.of(reason(closed.problem()))
            : read(() -> gate.refusalReason(starting.get()));
    if (refusal.isPresent()) {
      throw waiting(ticket, refusal.get());
    }
  }

  private JobPostponed waiting(TrainingQueue.Ticket ticket, String reason) {
    String why = "Waits to start: " + reason;
    transaction.executeWithoutResult(status ->
        jobs.findForChangeById(ticket.jobId())
            .filter(job -> job.explainWait(ticket.run(), why))
            .ifPresent(record::recordChange));
    return new JobPostponed(PAUSE, why);
  }

  private <T> Optional<T> read(Supplier<Optional<T>> reading) {
    return Objects.requireNonNull(transaction.execute(status -> reading.get()));
  }

  private static String reason(Problem problem) {
    return String.valueOf(problem.getMessage());
  }
}
