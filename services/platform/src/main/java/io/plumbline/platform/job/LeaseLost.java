package io.plumbline.platform.job;

import java.util.UUID;

/**
 * Signals that another worker has the lease of the job now, so that this one must have no further
 * effect.
 */
public final class LeaseLost extends RuntimeException {

  public LeaseLost(UUID jobId) {
    super("Another worker has taken over job " + jobId + ", or the job has ended");
  }
}
