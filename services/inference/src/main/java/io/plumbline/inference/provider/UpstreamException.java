package io.plumbline.inference.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A provider did not answer as asked; the message is fit for the caller and holds neither key nor
 * address.
 */
public final class UpstreamException extends RuntimeException {

  private final int status;
  private final String code;
  private final @Nullable Duration retryAfter;

  UpstreamException(int status, String code, String message, @Nullable Duration retryAfter) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** What to answer: 4xx of the provider as they came, 429, 502, 503 or 504. */
  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
