package io.plumbline.training.job;

/** The methods by which a base model is tuned. */
public enum TrainingMethod {
  /** A softmax head on the frozen encoder. */
  HEAD
}
