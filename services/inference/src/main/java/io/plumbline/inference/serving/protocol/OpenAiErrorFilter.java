package io.plumbline.inference.serving.protocol;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Translates the problems (RFC 9457) that the platform answers under {@code /v1} into OpenAI's
 * shape: an unknown path or method, a body that is too large or missing, a missing token or role.
 * They occur before any handler, or in filters, where no advice of this package applies.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class OpenAiErrorFilter extends OncePerRequestFilter {

  private final JsonMapper json;

  OpenAiErrorFilter(JsonMapper json) {
    this.json = json;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    String path = failed == null ? request.getRequestURI() : failed.toString();
    return !isOpenAi(path);
  }

  /** Returns whether a path belongs to the OpenAI API. */
  static boolean isOpenAi(String path) {
    return path.equals("/v1") || path.startsWith("/v1/");
  }

  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ProblemCapture capture = new ProblemCapture(response);
    chain.doFilter(request, capture);
    byte[] problem = capture.problem();
    if (problem.length > 0) {
      byte[] body =
          json.writeValueAsBytes(
              withAdvice(request, translateProblem(response.getStatus(), json.readTree(problem)))
                  .body());
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
  }

  /**
   * Returns an error that says what to do, where a route is not served or the API key is missing;
   * any other error as it is.
   */
  private static OpenAiError withAdvice(HttpServletRequest request, OpenAiError error) {
    return switch (error.status()) {
      case 404 ->
          UnservedRoutes.unservedMessage(request.getMethod(), request.getRequestURI())
              .map(message -> new OpenAiError(404, "not_served", null, message))
              .orElse(error);
      case 401 -> unauthorized(request, error);
      default -> error;
    };
  }

  private static OpenAiError unauthorized(HttpServletRequest request, OpenAiError error) {
    if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
      return error;
    }
    return new OpenAiError(
        401,
        error.code(),
        null,
        "The request has no API key. Send one as Authorization: Bearer plk_…; an sre of"
            + " your workspace creates API keys.");
  }

  static OpenAiError translateProblem(int status, JsonNode problem) {
    String type = problem.path("type").asString("");
    String code = type.substring(type.lastIndexOf('/') + 1).replace('-', '_');
    JsonNode errors = problem.path("errors");
    if (errors.isEmpty()) {
      return new OpenAiError(status, code, null, problem.path("detail").asString(""));
    }
    String message =
        errors
            .valueStream()
            .map(error ->
                sentenceAbout(
                    error.path("pointer").asString(""), error.path("detail").asString("")))
            .collect(Collectors.joining(" "));
    return new OpenAiError(
        status, code, parameterName(errors.get(0).path("pointer").asString("")), message);
  }

  static String sentenceAbout(String pointer, String detail) {
    return Objects.requireNonNullElse(parameterName(pointer), "The body") + " " + detail + ".";
  }

  static @Nullable String parameterName(String pointer) {
    String param = pointer.replaceFirst("^/", "");
    return param.isEmpty() ? null : param;
  }
}
