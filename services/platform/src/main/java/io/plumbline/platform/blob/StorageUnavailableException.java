package io.plumbline.platform.blob;

import java.time.Duration;

/**
 * Signals that the bucket cannot be used now: it cannot be reached, does not exist or rejects the
 * credentials. A request is answered with 503; a job runs again later, and the attempt is not
 * counted.
 */
public class StorageUnavailableException extends RuntimeException {

  /** The time after which another attempt is worthwhile. */
  public static final Duration RETRY = Duration.ofSeconds(10);

  private static final long serialVersionUID = 1L;

  StorageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
