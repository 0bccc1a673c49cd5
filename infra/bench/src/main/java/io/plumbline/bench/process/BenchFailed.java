package io.plumbline.bench.process;

/** A benchmark could not run; the message is for the user at the terminal. */
public final class BenchFailed extends RuntimeException {

  public BenchFailed(String message) {
    super(message);
  }
}
