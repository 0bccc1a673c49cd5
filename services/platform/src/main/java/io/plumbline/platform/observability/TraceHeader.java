package io.plumbline.platform.observability;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Names the trace of a request in its response, to be quoted when a problem is reported. */
final class TraceHeader extends OncePerRequestFilter {

  static final String NAME = "x-plumbline-trace";

  private final Traces traces;

  TraceHeader(Traces traces) {
    this.traces = traces;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    traces.currentId().ifPresent(trace -> response.setHeader(NAME, trace));
    chain.doFilter(request, response);
  }
}
