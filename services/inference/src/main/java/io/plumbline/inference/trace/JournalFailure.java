package io.plumbline.inference.trace;

/** The journal takes no record at present; the message says why. */
public final class JournalFailure extends RuntimeException {

  JournalFailure(String message) {
    super(message);
  }

  JournalFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
