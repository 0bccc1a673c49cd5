package io.plumbline.platform.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers with a problem when a request ended before any handler, because the firewall, a filter or
 * the container refused it.
 */
@Hidden
@RestController
class ErrorPage implements ErrorController {

  @RequestMapping("/error")
  ResponseEntity<ProblemDetail> answer(HttpServletRequest request, HttpServletResponse response) {
    HttpStatus status =
        Optional.ofNullable((Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE))
            .map(HttpStatus::resolve)
            .orElse(HttpStatus.NOT_FOUND);
    ProblemDetail body = ProblemBodies.body(ProblemBodies.of(status), detail(status));
    Optional.ofNullable(response.getHeader("x-plumbline-trace"))
        .ifPresent(trace -> body.setProperty("traceId", trace));
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(body);
  }

  private static String detail(HttpStatus status) {
    return switch (status) {
      case BAD_REQUEST ->
          "The path or a header is not valid. Send a path without dot segments, empty segments,"
              + " semicolons and encoded slashes, and headers of visible characters.";
      case NOT_FOUND ->
          "No resource has this path. Compare it with the API description at /api/docs.";
      case REQUEST_TIMEOUT ->
          "The rest of the body did not arrive in time. Send it again without pauses.";
      default -> otherDetail(status);
    };
  }

  private static String otherDetail(HttpStatus status) {
    if (status.is5xxServerError()) {
      return ProblemBodies.INTERNAL;
    }
    return "The request is not supported. Compare it with the API description at /api/docs.";
  }
}
