package io.plumbline.platform.observability;

import io.plumbline.platform.identity.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** Adds workspace and actor to the log lines of a request, once security has identified them. */
final class CallerLogContext extends OncePerRequestFilter {

  private static final String WORKSPACE = "workspace";
  private static final String ACTOR = "actor";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Caller> caller = Caller.find();
    if (caller.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    MDC.put(WORKSPACE, caller.get().workspace().toString());
    MDC.put(ACTOR, caller.get().actor());
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove(WORKSPACE);
      MDC.remove(ACTOR);
    }
  }
}
