package io.plumbline.training.job;

import java.util.UUID;

/** Told inside this service, in the transaction in which a job ends. */
public record JobEnded(TrainingJob job, double computeSeconds) {

  public UUID jobId() {
    return job.id();
  }
}
