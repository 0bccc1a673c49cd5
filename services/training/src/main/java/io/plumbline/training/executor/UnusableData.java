package io.plumbline.training.executor;

/**
 * Thrown when a job cannot succeed on its data. The message is for the person who created the job.
 */
final class UnusableData extends RuntimeException {

  UnusableData(String message) {
    super(message);
  }
}
