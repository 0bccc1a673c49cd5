package io.plumbline.training.job;

/** Where a training job stands. */
public enum JobState {
  QUEUED,
  RUNNING,
  /** Stopped by a person; goes on from its last checkpoint when resumed. */
  PAUSED,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  public boolean ended() {
    return switch (this) {
      case QUEUED, RUNNING, PAUSED -> false;
      case SUCCEEDED, FAILED, CANCELLED -> true;
    };
  }
}
