package io.plumbline.contracts.state;

import java.util.Optional;

/** The state of a training job. */
public enum JobState {
  QUEUED,
  RUNNING,
  /** The job was stopped by a person, and continues from its last checkpoint when it is resumed. */
  PAUSED,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  public boolean hasEnded() {
    return outcome().isPresent();
  }

  /**
   * Returns the outcome that this state stands for.
   *
   * @return empty until the job has ended
   */
  public Optional<RunOutcome> outcome() {
    return switch (this) {
      case QUEUED, RUNNING, PAUSED -> Optional.empty();
      case SUCCEEDED -> Optional.of(RunOutcome.SUCCEEDED);
      case FAILED -> Optional.of(RunOutcome.FAILED);
      case CANCELLED -> Optional.of(RunOutcome.CANCELLED);
    };
  }
}
