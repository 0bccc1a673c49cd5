package io.plumbline.training.sweep;

/** The states of a sweep. It has SUCCEEDED when at least one of its trials has. */
public enum SweepState {
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED
}
