package io.plumbline.platform.job;

import java.util.UUID;

/** Another worker has the lease of the job now; this one must have no further effect. */
public final class LeaseLost extends RuntimeException {

  public LeaseLost(UUID jobId) {
    super("The lease of job " + jobId + " is lost");
  }
}
