package io.plumbline.evaluation.run;

import io.plumbline.platform.job.JobContext;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Lets one run of this process ask at a time, since latency is measured under the load of one run.
 * A run whose server answers nothing makes no load: it gives its turn to the next one, and asks on
 * when that has ended.
 */
@Component
class RunTurns {

  private static final int POLL_SECONDS = 1;

  private final Semaphore free = new Semaphore(1, true);

  /** The turn of one run, used by one thread. */
  final class Turn implements AutoCloseable {

    private final JobContext job;
    private boolean taken;
    private boolean begun;

    private Turn(JobContext job) {
      this.job = job;
    }

    /**
     * Waits until no other run asks.
     *
     * @return false when the job was cancelled meanwhile
     */
    boolean take() throws InterruptedException {
      boolean waits = false;
      while (!taken && !job.cancelled()) {
        taken = free.tryAcquire(POLL_SECONDS, TimeUnit.SECONDS);
        if (!taken && !waits) {
          waits = true;
          job.progress(0, "Waits until another run ends");
        }
      }
      if (waits && !begun) {
        job.restartTime();
      }
      begun = true;
      return taken;
    }

    /** Lets the next run ask; nothing happens when this one does not. */
    void give() {
      if (taken) {
        taken = false;
        free.release();
      }
    }

    @Override
    public void close() {
      give();
    }
  }

  Turn of(JobContext job) {
    return new Turn(job);
  }
}
