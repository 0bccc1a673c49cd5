package io.plumbline.inference.trace;

/** The failure that the journal takes no record at present. The message says why. */
public final class JournalFailure extends RuntimeException {

  JournalFailure(String message) {
    super(message);
  }

  JournalFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
