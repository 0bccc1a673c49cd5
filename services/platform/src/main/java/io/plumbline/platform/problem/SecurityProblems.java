package io.plumbline.platform.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Answers 401 and 403 of the filter chain as problems, and 503 when callers cannot be verified. It
 * does not disclose why a token was refused. Only a {@link BadCredentialsException} provides the
 * text of the refusal: that of a service that authenticates a caller by itself, or what is wrong
 * with the account of a valid token.
 */
public final class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

  private static final Logger log = LoggerFactory.getLogger(SecurityProblems.class);

  private final ProblemWriter problems;
  private final DenialRecorder denialRecorder;

  SecurityProblems(ProblemWriter problems, DenialRecorder denialRecorder) {
    this.problems = problems;
    this.denialRecorder = denialRecorder;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
      throws IOException {
    if (cause instanceof AuthenticationServiceException) {
      log.warn(
          "The caller of {} {} could not be verified, and is answered with 503: {}",
          request.getMethod(),
          request.getRequestURI(),
          cause.getMessage());
      response.setHeader(HttpHeaders.RETRY_AFTER, "2");
      problems.write(
          response,
          CommonProblem.UNAVAILABLE,
          "The bearer token or key cannot be verified at the moment. Try again in two seconds.");
      return;
    }
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    problems.write(response, CommonProblem.UNAUTHENTICATED, detail(cause));
  }

  private static String detail(AuthenticationException cause) {
    if (cause instanceof BadCredentialsException own) {
      return String.valueOf(own.getMessage());
    }
    return "The bearer token is missing or not valid. Sign in again, or send one that has not"
        + " expired and was issued for this platform.";
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
      throws IOException {
    MissingRole role = MissingRole.of(cause);
    denialRecorder.record(
        request.getMethod() + " " + request.getRequestURI(),
        request.getRequestURI(),
        CommonProblem.FORBIDDEN,
        role.reasons());
    problems.write(response, CommonProblem.FORBIDDEN, role.remedy());
  }
}
