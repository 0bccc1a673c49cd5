package io.plumbline.contracts.state;

/** The outcome of an evaluation run or a training job. */
public enum RunOutcome {
  SUCCEEDED,
  FAILED,
  CANCELLED
}
