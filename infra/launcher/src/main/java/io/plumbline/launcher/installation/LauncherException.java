package io.plumbline.launcher.installation;

/** A failure that the user can act on; the message says what happened and what to do. */
public final class LauncherException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LauncherException(String message) {
    super(message);
  }

  public LauncherException(String message, Throwable cause) {
    super(message, cause);
  }
}
