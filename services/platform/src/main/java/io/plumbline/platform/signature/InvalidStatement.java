package io.plumbline.platform.signature;

/**
 * Thrown when a call of a service carries no {@link CallStatement} that is valid for it. The
 * message says what is wrong, without anything from the request.
 */
public final class InvalidStatement extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidStatement(String message) {
    super(message);
  }
}
