package io.plumbline.inference.serving;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Ends a call of the OpenAI door with an error in OpenAI's shape. */
final class OpenAiError extends RuntimeException {

  private final int status;
  private final String code;
  private final @Nullable String param;
  private final @Nullable Duration retryAfter;

  OpenAiError(int status, String code, @Nullable String param, String message) {
    this(status, code, param, message, null);
  }

  OpenAiError(
      int status,
      String code,
      @Nullable String param,
      String message,
      @Nullable Duration retryAfter) {
    super(message);
    this.status = status;
    this.code = code;
    this.param = param;
    this.retryAfter = retryAfter;
  }

  static OpenAiError invalid(@Nullable String param, String message) {
    return new OpenAiError(400, "invalid_request", param, message);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  @Nullable String param() {
    return param;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** OpenAI's class of error. */
  String type() {
    return status == 429
        ? "rate_limit_error"
        : status >= 500 ? "server_error" : "invalid_request_error";
  }
}
