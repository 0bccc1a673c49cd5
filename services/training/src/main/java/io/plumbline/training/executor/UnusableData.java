package io.plumbline.training.executor;

/** The job can never succeed on what it was given; the message is for the person who started it. */
final class UnusableData extends RuntimeException {

  UnusableData(String message) {
    super(message);
  }
}
