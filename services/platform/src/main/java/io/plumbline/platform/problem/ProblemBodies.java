package io.plumbline.platform.problem;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Creates the bodies of problems. */
final class ProblemBodies {

  static final String INTERNAL =
      "An unexpected error occurred. Try again; if it persists, report the traceId to the"
          + " operator.";

  private ProblemBodies() {}

  /**
   * Returns the problem of a status that Spring MVC or the container sets by itself: 405, 406, 415
   * …
   */
  static ProblemType of(HttpStatus status) {
    return switch (status) {
      case BAD_REQUEST -> CommonProblem.INVALID;
      case NOT_FOUND -> CommonProblem.NOT_FOUND;
      case REQUEST_TIMEOUT -> CommonProblem.BODY_TIMEOUT;
      case INTERNAL_SERVER_ERROR -> CommonProblem.INTERNAL;
      default -> {
        String title = status.getReasonPhrase();
        yield () ->
            new ProblemType.Kind(
                title.toLowerCase(Locale.ROOT).replace(' ', '-'), status, title, false);
      }
    };
  }

  static ProblemDetail body(ProblemType type, String detail) {
    ProblemDetail body = ProblemDetail.forStatusAndDetail(type.status(), detail);
    body.setType(URI.create("/problems/" + type.slug()));
    body.setTitle(type.title());
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      body.setProperty("traceId", span.getTraceId());
    }
    return body;
  }
}
