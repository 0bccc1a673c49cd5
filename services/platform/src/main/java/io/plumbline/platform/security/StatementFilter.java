package io.plumbline.platform.security;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.CallerAuthentication;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a service in only with a signed statement, and binds the workspace and the person that it
 * names. From any other caller the header is ignored.
 */
final class StatementFilter extends OncePerRequestFilter {

  /** Keeps the caller for later dispatches of the request, when its statement may be too old. */
  private final SecurityContextRepository contexts =
      new RequestAttributeSecurityContextRepository();

  private final ServiceCallCheck calls;
  private final ProblemWriter problems;

  StatementFilter(ServiceCallCheck calls, ProblemWriter problems) {
    this.calls = calls;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Caller> service = Caller.find().filter(Caller::service);
    if (service.isPresent()) {
      try {
        bind(calls.accept(service.get(), request), request, response);
      } catch (Problem refused) {
        problems.write(response, refused);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private void bind(Caller caller, HttpServletRequest request, HttpServletResponse response) {
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(new CallerAuthentication(caller));
    SecurityContextHolder.setContext(context);
    contexts.saveContext(context, request, response);
  }
}
