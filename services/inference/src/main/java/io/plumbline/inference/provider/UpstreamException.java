package io.plumbline.inference.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a call to a provider. Its message is written for the caller, and contains neither
 * the API key nor the address.
 */
public final class UpstreamException extends RuntimeException {

  /**
   * The kind of a failure. It decides whether the request can safely be sent again, whether the
   * failure counts against the model's circuit breaker, and whether another model may answer
   * because the request is not at fault.
   */
  enum Kind {
    /** No connection was made, so the request was not sent. */
    UNREACHABLE(true, true, true),
    /** 503, or its equivalent in the protocol: the server did not process the request. */
    UNAVAILABLE(true, true, true),
    /** 429: the server is healthy and did not process the request. */
    RATE_LIMITED(true, false, true),
    /** The quota is used up, and waiting does not help. */
    EXHAUSTED(false, false, true),
    /** The model is not called at present, because it failed too often or is called too often. */
    NOT_CALLED(false, false, true),
    /** The request may have been processed, so sending it again could pay for it twice. */
    FAILED(false, true, true),
    /** The answer breaks the protocol or is an error, and the request may be the reason. */
    MALFORMED(false, true, false),
    /** The call was ended because its client had left. */
    ABANDONED(false, false, false),
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
   * Creates a failure.
   *
   * @param words the message of the provider's server, in the form that may be passed on; absent
   *     when there is none
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

  /**
   * Returns whether a call of the server was attempted, even if the server could not be reached.
   * None is attempted while the model fails or is called too often.
   */
  public boolean isAttempted() {
    return kind != Kind.NOT_CALLED;
  }

  /** Returns whether the call was ended because its client had left. */
  public boolean isAbandoned() {
    return kind == Kind.ABANDONED;
  }

  /**
   * Returns whether the model was not asked: its server limits calls, or calls are held back at
   * present. Any other failure is one of the model or its server.
   */
  public boolean isHeldBack() {
    return kind == Kind.RATE_LIMITED || kind == Kind.NOT_CALLED;
  }

  /** Returns whether another model may answer, because the request is not at fault. */
  public boolean isRetryableElsewhere() {
    return kind.elsewhere;
  }

  /** Returns the status of the answer: the provider's own for 4xx, else 429, 502, 503 or 504. */
  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /** Returns the message of the provider's server, masked; absent when there is none. */
  public @Nullable String providerMessage() {
    return words;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
