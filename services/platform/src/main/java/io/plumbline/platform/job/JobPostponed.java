package io.plumbline.platform.job;

import java.time.Duration;

/**
 * Signals that something a job needs is unavailable. The attempt ends without a result and is not
 * counted, and the job runs again later; meanwhile its worker is free for other jobs. The message
 * is shown with the job.
 */
public final class JobPostponed extends RuntimeException {

  private final Duration delay;

  public JobPostponed(Duration delay, String message) {
    super(message);
    this.delay = delay;
  }

  Duration delay() {
    return delay;
  }
}
