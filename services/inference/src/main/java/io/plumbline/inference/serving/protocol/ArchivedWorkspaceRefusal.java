package io.plumbline.inference.serving.protocol;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.workspace.KnownWorkspaces;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses every call of the OpenAI API in an archived workspace: with an API key, a person's token
 * or a service's. The archived workspaces are kept in memory and read again all the time, so that a
 * call does not read the database. While they cannot be read, those that were read last count.
 */
final class ArchivedWorkspaceRefusal implements HandlerInterceptor {

  private final KnownWorkspaces workspaces;
  private volatile @Nullable Set<UUID> archived;

  ArchivedWorkspaceRefusal(KnownWorkspaces workspaces) {
    this.workspaces = workspaces;
  }

  /** Reads which workspaces are archived. */
  Set<UUID> read() {
    Set<UUID> now = Set.copyOf(workspaces.archived());
    archived = now;
    return now;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getDispatcherType() == DispatcherType.REQUEST) {
      Set<UUID> known = archived;
      Set<UUID> all = known == null ? read() : known;
      if (Caller.find().filter(caller -> all.contains(caller.workspace())).isPresent()) {
        throw new Problem(
            CommonProblem.WORKSPACE_ARCHIVED,
            "The workspace is archived: it serves no calls any more. Use an API key of another"
                + " workspace.");
      }
    }
    return true;
  }
}
