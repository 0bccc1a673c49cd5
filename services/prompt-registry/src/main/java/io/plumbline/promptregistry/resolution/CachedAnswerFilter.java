package io.plumbline.promptregistry.resolution;

import io.plumbline.platform.identity.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Answers the requests of {@link ResolveController} whose answer is in memory, before Spring MVC
 * looks for a handler and its arguments, which takes longer than the answer. Spring Security runs
 * before it. The filter rejects nothing: any request in doubt goes on to the controller.
 */
final class CachedAnswerFilter extends OncePerRequestFilter {

  private static final String PREFIX = "/api/prompts/";
  private static final String SUFFIX = "/resolve";

  /** The headers of requests whose answer depends on more than their path and query. */
  private static final List<String> CONDITIONS =
      List.of(HttpHeaders.IF_MATCH, HttpHeaders.IF_MODIFIED_SINCE, HttpHeaders.IF_UNMODIFIED_SINCE);

  private final ResolvedPromptCache resolved;
  private final AuthorizationManager<HttpServletRequest> viewers;

  CachedAnswerFilter(ResolvedPromptCache resolved, RoleHierarchy roles) {
    this.resolved = resolved;
    AuthorityAuthorizationManager<HttpServletRequest> viewer =
        AuthorityAuthorizationManager.hasRole(ResolveController.ROLE);
    viewer.setRoleHierarchy(roles);
    this.viewers = viewer;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ResolvedPrompt answer = cachedAnswer(request).orElse(null);
    if (answer == null) {
      chain.doFilter(request, response);
      return;
    }
    ServerHttpObservationFilter.findObservationContext(request)
        .ifPresent(context -> context.setPathPattern(ResolveController.PATH));
    response.setHeader(HttpHeaders.CACHE_CONTROL, ResolveController.CACHING.getHeaderValue());
    response.setHeader(HttpHeaders.ETAG, answer.etag());
    if (request.getHeader(HttpHeaders.IF_NONE_MATCH) != null) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }

  private Optional<ResolvedPrompt> cachedAnswer(HttpServletRequest request) {
    String path = request.getRequestURI();
    if (!"GET".equals(request.getMethod())
        || !path.startsWith(PREFIX)
        || !path.endsWith(SUFFIX)
        || path.length() <= PREFIX.length() + SUFFIX.length()
        || CONDITIONS.stream().anyMatch(header -> request.getHeader(header) != null)
        || !isViewer(request)) {
      return Optional.empty();
    }
    // The path is taken as it was sent: an encoded name matches nothing in memory.
    String name = path.substring(PREFIX.length(), path.length() - SUFFIX.length());
    @Nullable String has = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    return Caller.find()
        .flatMap(caller ->
            VersionSelector.parsePlain(request.getQueryString())
                .flatMap(
                    versionSelector -> resolved.find(caller.workspace(), name, versionSelector)))
        .filter(answer -> has == null || has.equals(answer.etag()));
  }

  private boolean isViewer(HttpServletRequest request) {
    AuthorizationResult result =
        viewers.authorize(() -> SecurityContextHolder.getContext().getAuthentication(), request);
    return result != null && result.isGranted();
  }
}
