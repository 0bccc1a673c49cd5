package io.plumbline.demo.api;

/** A step failed; the message is for the user at the terminal. */
public final class StepFailed extends RuntimeException {

  public StepFailed(String message) {
    super(message);
  }
}
