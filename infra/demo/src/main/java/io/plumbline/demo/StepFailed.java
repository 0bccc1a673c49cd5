package io.plumbline.demo;

/** A step did not hold; the message is for the person at the terminal. */
public final class StepFailed extends RuntimeException {

  public StepFailed(String message) {
    super(message);
  }
}
