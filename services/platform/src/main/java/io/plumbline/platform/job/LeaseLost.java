package io.plumbline.platform.job;

import java.util.UUID;

/** Another worker holds the job now; what this one still does must have no effect. */
public final class LeaseLost extends RuntimeException {

  public LeaseLost(UUID jobId) {
    super("The lease of job " + jobId + " is lost");
  }
}
