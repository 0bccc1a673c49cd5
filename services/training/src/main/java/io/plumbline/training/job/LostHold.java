package io.plumbline.training.job;

/** The job was paused, ended or taken over; nothing more is to be done for this hold. */
public final class LostHold extends RuntimeException {

  LostHold(Hold hold) {
    super("Run " + hold.run() + " of job " + hold.jobId() + " is no longer held");
  }
}
