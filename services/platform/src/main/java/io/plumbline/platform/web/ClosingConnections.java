package io.plumbline.platform.web;

import io.plumbline.platform.lifecycle.ShutdownNotice;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Closes each connection after the request under way, once the process is about to stop. */
final class ClosingConnections extends OncePerRequestFilter implements Ordered {

  private final ShutdownNotice notice;

  ClosingConnections(ShutdownNotice notice) {
    this.notice = notice;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (notice.isGiven()) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
    }
    chain.doFilter(request, response);
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
