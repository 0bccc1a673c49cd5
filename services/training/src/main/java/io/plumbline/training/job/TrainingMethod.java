package io.plumbline.training.job;

/** How a base model is tuned. */
public enum TrainingMethod {
  /** A softmax head on the frozen encoder. */
  HEAD
}
