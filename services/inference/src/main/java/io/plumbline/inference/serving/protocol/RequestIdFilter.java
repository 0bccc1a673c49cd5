package io.plumbline.inference.serving.protocol;

import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.observability.Traces;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every answer under {@code /v1}, errors and streams included, the header by which clients of
 * OpenAI name a request. Its value is the id of the trace. An id that a caller sends is not used,
 * because it would not be unique.
 */
@Component
// Runs inside the filter that starts the request's span, and outside the filters that refuse it.
@Order(Ordered.HIGHEST_PRECEDENCE + 11)
public class RequestIdFilter extends OncePerRequestFilter {

  public static final String NAME = "x-request-id";

  private final Traces traces;

  RequestIdFilter(Traces traces) {
    this.traces = traces;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !OpenAiErrorFilter.isOpenAi(request.getRequestURI());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader(NAME, traces.currentId().orElseGet(() -> Ids.next().toString()));
    chain.doFilter(request, response);
  }
}
