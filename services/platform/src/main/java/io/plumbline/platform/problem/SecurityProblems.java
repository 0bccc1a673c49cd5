package io.plumbline.platform.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Answers 401 and 403 of the filter chain as problems, and 503 when no token can be checked; says
 * nothing of why one was refused.
 */
public final class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

  private static final Logger log = LoggerFactory.getLogger(SecurityProblems.class);

  private final ProblemWriter problems;
  private final Denials denials;

  SecurityProblems(ProblemWriter problems, Denials denials) {
    this.problems = problems;
    this.denials = denials;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
      throws IOException {
    if (cause instanceof AuthenticationServiceException) {
      log.warn("No token can be checked: {}", cause.getMessage());
      response.setHeader(HttpHeaders.RETRY_AFTER, "2");
      problems.write(
          response,
          CommonProblem.UNAVAILABLE,
          "The realm's keys cannot be fetched at the moment; try again in a moment.");
      return;
    }
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    problems.write(
        response,
        CommonProblem.UNAUTHENTICATED,
        "Sign in again, or send a token whose issuer, audience and lifetime are right.");
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
      throws IOException {
    denials.record(
        request.getMethod() + " " + request.getRequestURI(),
        request.getRequestURI(),
        CommonProblem.FORBIDDEN,
        List.of());
    problems.write(
        response,
        CommonProblem.FORBIDDEN,
        "Ask an administrator of your workspace for the role that this needs.");
  }
}
