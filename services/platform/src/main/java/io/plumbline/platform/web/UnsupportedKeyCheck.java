package io.plumbline.platform.web;

import io.plumbline.platform.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Stream;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a request with an {@code Idempotency-Key} where sending the request again would have a
 * second effect in spite of it: at uploads, whose body is streamed and cannot be compared. All
 * other operations honour the key, or do nothing when they are repeated.
 */
final class UnsupportedKeyCheck implements HandlerInterceptor {

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method
        && request.getHeader(Idempotency.HEADER) != null
        && Stream.of(method.getMethodParameters())
            .anyMatch(parameter -> parameter.getParameterType() == HttpServletRequest.class)) {
      throw Problem.invalid(
          Idempotency.HEADER,
          "is not honoured by this operation; omit it, and read the state before you send again");
    }
    return true;
  }
}
