package io.plumbline.inference.serving;

import io.plumbline.inference.local.ChoiceRequest;
import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.variant.Composer;
import io.plumbline.platform.problem.Problem;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Everything that ends a call of the OpenAI door, in OpenAI's shape. */
@RestControllerAdvice(
    assignableTypes = {
      CompletionController.class,
      EmbeddingController.class,
      ModelController.class
    })
@Order(Ordered.HIGHEST_PRECEDENCE)
class OpenAiErrors {

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> of(OpenAiError error) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(error.status()).contentType(MediaType.APPLICATION_JSON);
    if (error.retryAfter() != null) {
      answer.header(
          HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, error.retryAfter().toSeconds())));
    }
    return answer.body(body(error));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> of(ChoiceRequest.Unsupported unsupported) {
    return of(translate(unsupported));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> of(Composer.BadCall call) {
    return of(translate(call));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> of(UpstreamException upstream) {
    return of(translate(upstream));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> of(Problem problem) {
    return of(translate(problem));
  }

  /** The same translation for a stream that has begun. */
  static Map<String, Object> body(OpenAiError error) {
    Map<String, @Nullable Object> inner = new TreeMap<>();
    inner.put("message", error.getMessage());
    inner.put("type", error.type());
    inner.put("param", error.param());
    inner.put("code", error.code());
    return Map.of("error", inner);
  }

  static OpenAiError translate(RuntimeException cause) {
    return switch (cause) {
      case OpenAiError error -> error;
      case ChoiceRequest.Unsupported unsupported ->
          new OpenAiError(
              400,
              unsupported.code(),
              unsupported.param(),
              String.valueOf(unsupported.getMessage()));
      case Composer.BadCall call ->
          OpenAiError.invalid(call.param(), String.valueOf(call.getMessage()));
      case UpstreamException upstream ->
          new OpenAiError(
              upstream.status(),
              upstream.code(),
              null,
              String.valueOf(upstream.getMessage()),
              upstream.retryAfter());
      case Problem problem ->
          new OpenAiError(
              problem.type().status().value(),
              problem.type().slug().replace('-', '_'),
              null,
              String.valueOf(problem.getMessage()),
              problem.retryAfter().orElse(null));
      default -> throw cause;
    };
  }
}
