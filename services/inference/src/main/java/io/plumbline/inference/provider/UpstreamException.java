package io.plumbline.inference.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call to a provider failed. The message is written for the caller and contains neither the API
 * key nor the address.
 */
public final class UpstreamException extends RuntimeException {

  /**
   * What a failure says: whether the request can safely be sent again, whether it counts against
   * the model's circuit breaker, and whether another model may answer the request, which is not at
   * fault.
   */
  enum Kind {
    /** No connection was made, so the request was not sent. */
    UNREACHABLE(true, true, true),
    /** 503, or what its protocol has for it: the server did not process the request. */
    UNAVAILABLE(true, true, true),
    /** 429: the server did not process the request, and is healthy. */
    RATE_LIMITED(true, false, true),
    /** The quota is used up, which does not pass by waiting. */
    EXHAUSTED(false, false, true),
    /** The model is not called at present: it failed too often, or is called too often. */
    NOT_CALLED(false, false, true),
    /** The request was sent and may have been processed: sending it again could buy it twice. */
    FAILED(false, true, true),
    /** The answer is none by its protocol, or an error: the request may be the reason. */
    MALFORMED(false, true, false),
    /** The request, the API key or the address is at fault. */
    REFUSED(false, false, false);

    private final boolean retryable;
    private final boolean unhealthy;
    private final boolean elsewhere;

    Kind(boolean retryable, boolean unhealthy, boolean elsewhere) {
      this.retryable = retryable;
      this.unhealthy = unhealthy;
      this.elsewhere = elsewhere;
    }

    boolean retryable() {
      return retryable;
    }

    boolean unhealthy() {
      return unhealthy;
    }
  }

  private final Kind kind;
  private final int status;
  private final String code;
  private final @Nullable Duration retryAfter;
  private final @Nullable String words;

  UpstreamException(Kind kind, int status, String code, String message) {
    this(kind, status, code, message, null);
  }

  UpstreamException(
      Kind kind, int status, String code, String message, @Nullable Duration retryAfter) {
    this(kind, status, code, message, retryAfter, null);
  }

  /**
   * @param words of the provider's server, as they may be passed on; absent where it said nothing
   */
  UpstreamException(
      Kind kind,
      int status,
      String code,
      String message,
      @Nullable Duration retryAfter,
      @Nullable String words) {
    super(message);
    this.words = words;
    this.kind = kind;
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  Kind kind() {
    return kind;
  }

  /** Returns whether the server was called: it is left alone when it failed too often. */
  public boolean called() {
    return kind != Kind.NOT_CALLED;
  }

  /** Whether another model may answer: the failure says nothing about the request. */
  public boolean elsewhere() {
    return kind.elsewhere;
  }

  /** The status to answer with: the provider's own for 4xx, else 429, 502, 503 or 504. */
  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /** Returns what the provider's server said, masked; absent where it said nothing. */
  public @Nullable String words() {
    return words;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
