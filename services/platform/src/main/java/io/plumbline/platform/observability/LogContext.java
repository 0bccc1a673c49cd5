package io.plumbline.platform.observability;

import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts the trace (W3C Trace Context), workspace and actor of a request into its log lines, and the
 * trace into its answer.
 */
final class LogContext extends OncePerRequestFilter {

  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String traceparent = request.getHeader("traceparent");
    Matcher incoming = TRACEPARENT.matcher(traceparent == null ? "" : traceparent);
    String trace = incoming.matches() ? incoming.group(1) : Ids.next().toString().replace("-", "");
    String span = Ids.next().toString().replace("-", "").substring(16);
    try {
      MDC.put("traceId", trace);
      MDC.put("spanId", span);
      response.setHeader("x-plumbline-trace", trace);
      chain.doFilter(request, response);
    } finally {
      MDC.clear();
    }
  }

  /** Adds who calls, once security knows it. */
  static final class Who extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      Caller.find()
          .ifPresent(caller -> {
            MDC.put("workspace", caller.workspace().toString());
            MDC.put("actor", caller.actor());
          });
      chain.doFilter(request, response);
    }
  }
}
