package io.plumbline.platform.job;

import java.util.UUID;

/** Another worker holds the job now; whatever this one still does must have no effect. */
public final class LostLease extends RuntimeException {

  LostLease(UUID job) {
    super("The lease of job " + job + " is lost");
  }
}
