package io.plumbline.localmodels;

/** A network that could not be loaded or run: a fault of the installation, never of a request. */
public final class EncoderException extends RuntimeException {

  EncoderException(String message, Throwable cause) {
    super(message, cause);
  }
}
