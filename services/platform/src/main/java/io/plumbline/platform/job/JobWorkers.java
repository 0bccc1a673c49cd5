package io.plumbline.platform.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.tracing.Span;
import io.plumbline.platform.blob.StorageUnavailableException;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.lifecycle.Wakeup;
import io.plumbline.platform.observability.Metrics;
import io.plumbline.platform.observability.Traces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Claims jobs and runs their handlers on virtual threads. A second thread per job keeps its lease
 * alive.
 */
final class JobWorkers implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(JobWorkers.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final String NO_RESULT =
      "All "
          + JobQueue.MAX_ATTEMPTS
          + " attempts were interrupted before they ended; submit the job again";

  private final List<JobHandler> handlers;
  private final JobQueue queue;
  private final JsonMapper json;
  private final ToIntFunction<String> concurrency;
  private final MeterRegistry meters;
  private final Traces traces;
  private final JobSignal signal;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;

  JobWorkers(
      List<JobHandler> handlers,
      JobQueue queue,
      JsonMapper json,
      ToIntFunction<String> concurrency,
      MeterRegistry meters,
      Traces traces,
      JobSignal signal) {
    this.handlers = handlers;
    this.queue = queue;
    this.json = json;
    this.concurrency = concurrency;
    this.meters = meters;
    this.traces = traces;
    this.signal = signal;
  }

  @Override
  public void start() {
    running = true;
    for (JobHandler handler : handlers) {
      for (int i = 0; i < concurrency.applyAsInt(handler.kind()); i++) {
        Wakeup wakeup = signal.registerWorker(handler.kind());
        threads.add(
            Thread.ofVirtual()
                .name("job-" + handler.kind() + "-" + i)
                .start(() -> claimAndRunJobs(handler, wakeup)));
      }
    }
  }

  @Override
  public void stop() {
    running = false;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    threads.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void claimAndRunJobs(JobHandler handler, Wakeup wakeup) {
    while (running) {
      try {
        if (!handler.reserve() || !runNext(handler)) {
          wakeup.await(POLL);
        }
      } catch (InterruptedException e) {
        return;
      } catch (DataAccessException | TransactionException unavailable) {
        log.warn(
            "No job of kind {} can be claimed, because the database is unavailable. This is tried"
                + " again every second: {}",
            handler.kind(),
            unavailable.getMessage());
        if (!sleep(POLL)) {
          return;
        }
      }
    }
  }

  /**
   * Claims and runs the next job of a kind.
   *
   * @return whether there was a job
   */
  private boolean runNext(JobHandler handler) {
    try {
      Optional<JobQueue.Claimed> job = queue.claim(handler.kind());
      job.ifPresent(claimed ->
          traces.run(
              "job " + handler.kind(),
              Span.Kind.CONSUMER,
              null,
              () -> runClaimed(handler, claimed)));
      return job.isPresent();
    } finally {
      handler.release();
    }
  }

  private void runClaimed(JobHandler handler, JobQueue.Claimed claimed) {
    JobContext job = new JobContext(claimed, queue, json);
    Thread heartbeat = startHeartbeat(job, Thread.currentThread());
    Timer.Sample sample = Timer.start(meters);
    try {
      if (claimed.attempt() > JobQueue.MAX_ATTEMPTS) {
        Caller.system(claimed.workspace()).run(() -> handler.recordGivenUp(job, NO_RESULT));
        queue.finish(claimed, JobView.State.FAILED, NO_RESULT);
        return;
      }
      Caller.system(claimed.workspace())
          .call(() -> {
            handler.run(job);
            return true;
          });
      queue.finish(
          claimed,
          job.isCancellationRequested() ? JobView.State.CANCELLED : JobView.State.SUCCEEDED,
          null);
    } catch (LeaseLost e) {
      log.warn(
          "{}. This worker stopped attempt {} at the job, of kind {}, without recording a result.",
          e.getMessage(),
          claimed.attempt(),
          claimed.kind());
    } catch (JobPostponed e) {
      log.info(
          "Job {} of kind {} is postponed by {} s: {}",
          claimed.id(),
          claimed.kind(),
          e.delay().toSeconds(),
          e.getMessage());
      queue.postpone(claimed, e.delay(), String.valueOf(e.getMessage()));
    } catch (StorageUnavailableException e) {
      log.warn(
          "Job {} of kind {} is postponed by {} s: {}",
          claimed.id(),
          claimed.kind(),
          StorageUnavailableException.RETRY.toSeconds(),
          e.getMessage());
      queue.postpone(claimed, StorageUnavailableException.RETRY, String.valueOf(e.getMessage()));
    } catch (Exception | Error e) {
      // An Error ends this job but not the worker, which the next job still needs.
      handleFailure(claimed, e);
    } finally {
      heartbeat.interrupt();
      sample.stop(Metrics.JOBS_RUN.timer(meters, "kind", claimed.kind()));
    }
  }

  private void handleFailure(JobQueue.Claimed claimed, Throwable cause) {
    boolean interrupted = Thread.interrupted();
    if (!running || interrupted) {
      log.info(
          "Job {} of kind {} was interrupted and is returned to the queue",
          claimed.id(),
          claimed.kind());
      queue.release(claimed);
    } else if (JobContext.isDatabaseFailure(cause)) {
      // Nothing can be written now. The lease runs out, and the attempt counts.
      log.warn(
          "Attempt {} at job {} of kind {} ended, because the database is unavailable. The attempt"
              + " counts, and the job runs again when its lease has run out: {}",
          claimed.attempt(),
          claimed.id(),
          claimed.kind(),
          cause.getMessage());
    } else {
      log.error(
          "Job {} of kind {} in workspace {} failed and will not run again",
          claimed.id(),
          claimed.kind(),
          claimed.workspace(),
          cause);
      queue.finish(
          claimed,
          JobView.State.FAILED,
          Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName()));
    }
  }

  /**
   * Extends the lease of a job as long as it runs. Interrupts the worker when the lease is lost, so
   * that two workers never work on one job for long.
   */
  private static Thread startHeartbeat(JobContext job, Thread worker) {
    return Thread.ofVirtual()
        .start(() -> {
          while (sleep(HEARTBEAT)) {
            try {
              job.heartbeat();
            } catch (LeaseLost e) {
              worker.interrupt();
              return;
            } catch (DataAccessException | TransactionException unavailable) {
              log.warn(
                  "The lease of job {} could not be extended. Unless that succeeds in time, another"
                      + " worker takes the job over: {}",
                  job.id(),
                  unavailable.getMessage());
            }
          }
        });
  }

  private static boolean sleep(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
