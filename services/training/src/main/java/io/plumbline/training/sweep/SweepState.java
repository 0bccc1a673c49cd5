package io.plumbline.training.sweep;

/** The state of a sweep. SUCCEEDED: at least one trial has. */
public enum SweepState {
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED
}
