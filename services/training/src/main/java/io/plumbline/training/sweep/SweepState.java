package io.plumbline.training.sweep;

/** Where a search stands. SUCCEEDED: at least one trial did. */
public enum SweepState {
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED
}
