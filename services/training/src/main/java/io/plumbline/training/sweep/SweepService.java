package io.plumbline.training.sweep;

import io.plumbline.contracts.TrainingEvent.SweepFinished;
import io.plumbline.contracts.TrainingEvent.SweepStarted;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.training.TrainingSettings;
import io.plumbline.training.job.JobEnded;
import io.plumbline.training.job.TrainingJob;
import io.plumbline.training.job.TrainingProblem;
import io.plumbline.training.job.TrainingQueue;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Runs sweeps. The end of a trial and the start of the next one are in one transaction, so nothing
 * can be lost between them.
 */
@Service
public class SweepService {

  private final Sweeps sweeps;
  private final TrainingQueue queue;
  private final Outbox outbox;
  private final BigDecimal usdPerHour;
  private final Clock clock;

  SweepService(
      Sweeps sweeps, TrainingQueue queue, Outbox outbox, TrainingSettings settings, Clock clock) {
    this.sweeps = sweeps;
    this.queue = queue;
    this.outbox = outbox;
    this.usdPerHour = settings.usdPerHour();
    this.clock = clock;
  }

  @Transactional
  public Sweep start(SweepRequest request) {
    Sweep sweep = new Sweep(Ids.next(), Caller.current().workspace(), request, clock.instant());
    Sweep.Next.Submit first = sweep.firstSubmission(usdPerHour);
    queue.requireAllowed(first.request());
    sweep = sweeps.saveAndFlush(sweep);
    submit(sweep, first);
    Sweep started = sweeps.saveAndFlush(sweep);
    outbox.append(
        new SweepStarted(
            started.id(),
            request.spec().application(),
            request.spec().baseModel(),
            request.spec().method().name(),
            request.spec().splitDigest(),
            started.trials().size(),
            request.spec().seed()),
        started.id().toString(),
        started.aggregateVersion());
    return started;
  }

  /**
   * Cancels a sweep through its trial that runs or is queued: the end of the trial ends the sweep.
   * So this writer, too, locks the job first and the sweep second.
   */
  @Transactional
  public Sweep cancel(UUID id) {
    if (!sweeps.existsById(id)) {
      throw Problem.notFound();
    }
    if (!queue.cancelTrialOf(id, "Its sweep was cancelled")) {
      throw new Problem(
          TrainingProblem.WRONG_STATE, "The sweep has ended. Cancel a sweep that is RUNNING.");
    }
    return sweeps.findById(id).orElseThrow(Problem::notFound);
  }

  @Transactional(readOnly = true)
  public Optional<Sweep> find(UUID id) {
    return sweeps.findById(id);
  }

  @Transactional(readOnly = true)
  public Page<Sweep> list(PageRequest page) {
    Limit limit = Limit.of(page.fetchSize());
    List<Sweep> found = sweeps.findByIdLessThanOrderByIdDesc(page.afterId(), limit);
    return Page.of(found, page, sweep -> List.of(sweep.id().toString()), sweeps.count());
  }

  /** Continues or ends the sweep of a job, in the transaction in which the job ends. */
  @EventListener
  @Transactional
  public void on(JobEnded ended) {
    TrainingJob job = ended.job();
    Optional.ofNullable(job.sweepId())
        .flatMap(sweeps::findForChangeById)
        .ifPresent(sweep -> {
          switch (sweep.recordTrialEnd(job, ended.computeSeconds(), usdPerHour, clock.instant())) {
            // The request is checked first, because a refusal that is thrown would roll back the
            // end of the previous trial.
            case Sweep.Next.Submit next ->
                queue
                    .refusalReason(next.request())
                    .ifPresentOrElse(
                        why -> sweep.endWithBestTrial(why, clock.instant()),
                        () -> submit(sweep, next));
            case Sweep.Next.Finish() -> {}
          }
          Sweep saved = sweeps.saveAndFlush(sweep);
          if (saved.state() == SweepState.SUCCEEDED) {
            publishFinished(saved);
          }
        });
  }

  private void submit(Sweep sweep, Sweep.Next.Submit next) {
    sweep.recordTrialSubmission(next.trial(), queue.submit(next.request()).id());
  }

  private void publishFinished(Sweep sweep) {
    Trial best = sweep.best().orElseThrow();
    UUID bestJob = Optional.ofNullable(best.jobId()).orElseThrow();
    double value = Optional.ofNullable(best.value()).orElseThrow();
    int run = (int) sweep.trials().stream().filter(trial -> trial.jobId() != null).count();
    outbox.append(
        new SweepFinished(
            sweep.id(),
            sweep.spec().application(),
            run,
            bestJob,
            best.configuration().textValues(),
            sweep.metric().wireName(),
            value),
        sweep.id().toString(),
        sweep.aggregateVersion());
  }
}
