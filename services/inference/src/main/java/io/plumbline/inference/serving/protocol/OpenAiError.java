package io.plumbline.inference.serving.protocol;

import io.plumbline.inference.trace.JournalFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error in OpenAI's shape that ends a call of the OpenAI API. */
public final class OpenAiError extends RuntimeException {

  private static final String INVALID_OUTPUT = "invalid_output";

  private final int status;
  private final String code;
  private final @Nullable String param;
  private final @Nullable Duration retryAfter;

  public OpenAiError(int status, String code, @Nullable String param, String message) {
    this(status, code, param, message, null);
  }

  public OpenAiError(
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

  public static OpenAiError invalidRequest(@Nullable String param, String message) {
    return new OpenAiError(400, "invalid_request", param, message);
  }

  /**
   * Returns the error for an answer that breaks the response format. Its status is one that no
   * client retries by itself. All clients retry 5xx, but this answer was paid for, and another one
   * would be paid for, too.
   */
  public static OpenAiError invalidOutput(String violation) {
    return new OpenAiError(
        422,
        INVALID_OUTPUT,
        null,
        "The model's answer does not follow the response format: %s.".formatted(violation));
  }

  /** Returns the error for a call that cannot be recorded. */
  public static OpenAiError unrecorded(JournalFailure cause) {
    return new OpenAiError(
        503,
        "metering_unavailable",
        null,
        "The call is not answered, because it cannot be recorded: %s. Try again; if it persists,"
                .formatted(cause.getMessage())
            + " report it to the operator of the platform.",
        Duration.ofSeconds(1));
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** Returns the error in OpenAI's shape. */
  public Map<String, Object> body() {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("message", getMessage());
    error.put("type", type());
    error.put("param", param);
    error.put("code", code);
    return Map.of("error", error);
  }

  private String type() {
    if (status == 429) {
      return "rate_limit_error";
    }
    if (status >= 500 || code.equals(INVALID_OUTPUT)) {
      return "server_error";
    }
    return "invalid_request_error";
  }
}
