package io.plumbline.inference.serving;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends a call of the OpenAI API with an error in OpenAI's shape. */
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

  /** The model's answer is not of the form that its variant requested. */
  static OpenAiError invalidOutput(String violation) {
    return new OpenAiError(
        502,
        "invalid_output",
        null,
        "The model's answer does not follow the response format: %s.".formatted(violation));
  }

  String code() {
    return code;
  }

  int status() {
    return status;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** The error in OpenAI's shape. */
  Map<String, Object> body() {
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
    return status >= 500 ? "server_error" : "invalid_request_error";
  }
}
