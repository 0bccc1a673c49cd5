package io.plumbline.training.executor;

/** The job cannot succeed on its data; the message is for the person who created it. */
final class UnusableData extends RuntimeException {

  UnusableData(String message) {
    super(message);
  }
}
