package io.plumbline.platform.problem;

import java.net.URI;
import org.slf4j.MDC;
import org.springframework.http.ProblemDetail;

/** The one place where a problem's body takes its form. */
final class Problems {

  private Problems() {}

  static ProblemDetail body(ProblemType type, String detail) {
    ProblemDetail body = ProblemDetail.forStatusAndDetail(type.status(), detail);
    body.setType(URI.create("/problems/" + type.slug()));
    body.setTitle(type.title());
    String trace = MDC.get("traceId");
    if (trace != null) {
      body.setProperty("traceId", trace);
    }
    return body;
  }
}
