package io.plumbline.launcher;

/**
 * Something the person at the terminal can act on; the message says what happened and what to do.
 */
final class Trouble extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Trouble(String message) {
    super(message);
  }

  Trouble(String message, Throwable cause) {
    super(message, cause);
  }
}
