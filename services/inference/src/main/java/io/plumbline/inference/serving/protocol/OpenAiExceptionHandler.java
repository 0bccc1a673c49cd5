package io.plumbline.inference.serving.protocol;

import io.plumbline.inference.UnsupportedRequest;
import io.plumbline.inference.apikey.ScopeException;
import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.trace.JournalFailure;
import io.plumbline.inference.variant.InvalidCall;
import io.plumbline.inference.variant.PromptTooLong;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers the exceptions of the handlers of the OpenAI API in OpenAI's shape. */
@RestControllerAdvice("io.plumbline.inference.serving")
@Order(Ordered.HIGHEST_PRECEDENCE)
class OpenAiExceptionHandler {

  /**
   * The header that says whose failure an error is: the code of one is a provider's own. Without
   * it, a status below 500 is the call's failure, except 408 and 429, and any other is the
   * platform's.
   */
  static final String FAILURE = "x-plumbline-failure";

  private static final String OF_MODEL = "model";
  private static final String OF_LIMIT = "limit";

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> toResponse(OpenAiError error) {
    return toResponse(error, null);
  }

  private static ResponseEntity<Map<String, Object>> toResponse(
      OpenAiError error, @Nullable String failure) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(error.status()).contentType(MediaType.APPLICATION_JSON);
    if (failure != null) {
      answer.header(FAILURE, failure);
    }
    Duration retryAfter = error.retryAfter();
    if (retryAfter != null) {
      answer.header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
    }
    return answer.body(error.body());
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> toResponse(UnsupportedRequest unsupported) {
    return toResponse(
        new OpenAiError(
            400, unsupported.code(), unsupported.parameterName(), messageOf(unsupported)));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> toResponse(JournalFailure unrecorded) {
    return toResponse(OpenAiError.unrecorded(unrecorded));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> toResponse(InvalidCall call) {
    return toResponse(new OpenAiError(400, call.code(), call.parameterName(), messageOf(call)));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> toResponse(PromptTooLong prompt) {
    return toResponse(new OpenAiError(500, PromptTooLong.CODE, null, messageOf(prompt)), OF_MODEL);
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> toResponse(ScopeException refused) {
    return toResponse(
        new OpenAiError(403, "out_of_scope", refused.parameterName(), messageOf(refused)));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> toResponse(UpstreamException upstream) {
    return toResponse(
        new OpenAiError(
            upstream.status(), upstream.code(), null, messageOf(upstream), upstream.retryAfter()),
        upstream.isHeldBack() ? OF_LIMIT : OF_MODEL);
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> toResponse(AbandonedCall abandoned) {
    return toResponse(
        new OpenAiError(abandoned.status(), abandoned.code(), null, messageOf(abandoned)));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> toResponse(Problem problem) {
    if (problem.errors().isEmpty()) {
      return answer(problem, null, messageOf(problem));
    }
    return answer(
        problem,
        OpenAiErrorFilter.parameterName(problem.errors().getFirst().pointer()),
        problem.errors().stream()
            .map(error -> OpenAiErrorFilter.sentenceAbout(error.pointer(), error.detail()))
            .collect(Collectors.joining(" ")));
  }

  private ResponseEntity<Map<String, Object>> answer(
      Problem problem, @Nullable String param, String message) {
    return toResponse(
        new OpenAiError(
            problem.type().status().value(),
            problem.type().slug().replace('-', '_'),
            param,
            message,
            problem.retryAfter().orElse(null)),
        problem.type().status() == HttpStatus.BAD_GATEWAY ? OF_MODEL : null);
  }

  private static String messageOf(RuntimeException cause) {
    return String.valueOf(cause.getMessage());
  }
}
