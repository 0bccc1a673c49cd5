package io.plumbline.platform.workspace;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses changes in an archived workspace. What {@link LedgerExempt} marks stays possible: a
 * release can be halted and an API key revoked.
 */
final class ArchivedWorkspaceGuard implements HandlerInterceptor {

  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

  private final KnownWorkspaces workspaces;

  ArchivedWorkspaceGuard(KnownWorkspaces workspaces) {
    this.workspaces = workspaces;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    boolean change =
        WRITES.contains(request.getMethod())
            && handler instanceof HandlerMethod method
            && !method.hasMethodAnnotation(LedgerExempt.class);
    if (change && workspaces.isArchived(Caller.current().workspace())) {
      throw new Problem(
          CommonProblem.WORKSPACE_ARCHIVED,
          "Your workspace is archived: everything in it can be read, and nothing changes any"
              + " more.");
    }
    return true;
  }
}
