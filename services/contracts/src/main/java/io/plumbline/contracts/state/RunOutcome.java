package io.plumbline.contracts.state;

/** How an evaluation run or a training job ended. */
public enum RunOutcome {
  SUCCEEDED,
  FAILED,
  CANCELLED
}
