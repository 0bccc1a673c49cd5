package io.plumbline.platform.job;

import java.time.Duration;

/**
 * What a job needs is away: the attempt ends without a result, counts for none, and the job runs
 * again later. Meanwhile others have its worker. The message is shown with the job.
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
