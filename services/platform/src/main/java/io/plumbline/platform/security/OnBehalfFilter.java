package io.plumbline.platform.security;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.CallerAuthentication;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a service name the workspace and the person on whose behalf it calls. From any other caller
 * the two headers are ignored.
 */
final class OnBehalfFilter extends OncePerRequestFilter {

  static final String WORKSPACE = "Plumbline-Workspace";
  static final String ON_BEHALF_OF = "Plumbline-On-Behalf-Of";

  private final ProblemWriter problems;

  OnBehalfFilter(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Caller> service = Caller.find().filter(Caller::service);
    String workspace = request.getHeader(WORKSPACE);
    if (service.isPresent() && workspace != null) {
      Optional<UUID> id = parse(workspace);
      if (id.isEmpty()) {
        problems.write(
            response,
            CommonProblem.INVALID,
            "The header " + WORKSPACE + " is not a UUID; send the id of the workspace.");
        return;
      }
      String actor =
          Optional.ofNullable(request.getHeader(ON_BEHALF_OF)).orElse(service.get().actor());
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(
          new CallerAuthentication(
              new Caller(id.get(), actor, service.get().name(), service.get().roles(), true)));
      SecurityContextHolder.setContext(context);
    }
    chain.doFilter(request, response);
  }

  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }

  private static Optional<UUID> parse(String workspace) {
    try {
      return Optional.of(UUID.fromString(workspace));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
