package io.plumbline.platform.test;

import io.plumbline.platform.ledger.LedgerExempt;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Turns the success of a governed write that committed no event into an error, because the outbox
 * row is the record of the write. A request that changes nothing is sent with {@link
 * TestClient.TestCaller#expectingNoEvent()}, and must then append no event.
 */
final class OutboxRequiredFilter extends OncePerRequestFilter {

  static final String UNCHANGED = "Plumbline-Test-Unchanged";
  static final String BROKEN = "Plumbline-Test-Broken-Rule";
  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

  private final RecordedEvents events;

  OutboxRequiredFilter(RecordedEvents events) {
    this.events = events;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !WRITES.contains(request.getMethod()) || !request.getRequestURI().startsWith("/api/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    // The answer is held back until the rule is checked, since an answer that is under way cannot
    // become an error.
    ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
    chain.doFilter(request, answer);
    boolean unchanged = request.getHeader(UNCHANGED) != null;
    if (isSuccessful(answer)
        && isGoverned(request)
        && events.hasRecordedEvent(request) == unchanged) {
      String rule =
          request.getMethod()
              + " "
              + request.getRequestURI()
              + " answered "
              + answer.getStatus()
              + violation(unchanged);
      answer.reset();
      answer.setStatus(500);
      answer.setHeader(BROKEN, rule);
      answer.getOutputStream().write(rule.getBytes(StandardCharsets.UTF_8));
    }
    answer.copyBodyToResponse();
  }

  private static String violation(boolean unchanged) {
    if (unchanged) {
      return " and appended an event, though it was to change nothing";
    }
    return " and appended no event to the outbox: no row, no effect";
  }

  private static boolean isSuccessful(HttpServletResponse answer) {
    return answer.getStatus() >= 200 && answer.getStatus() < 300;
  }

  private static boolean isGoverned(HttpServletRequest request) {
    return request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE)
            instanceof HandlerMethod handler
        && !handler.hasMethodAnnotation(LedgerExempt.class);
  }
}
