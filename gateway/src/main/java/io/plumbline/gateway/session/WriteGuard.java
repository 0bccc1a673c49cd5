package io.plumbline.gateway.session;

import io.plumbline.gateway.ProblemWriter;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets a request with a session write only if it comes from a page of our own. It must carry the
 * right origin and a constant header, which a foreign page cannot add without a preflight that the
 * gateway does not answer.
 */
final class WriteGuard implements WebFilter {

  static final String HEADER = "X-Plumbline";
  private static final Set<HttpMethod> READS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final String origin;
  private final ProblemWriter problems;

  WriteGuard(String origin, ProblemWriter problems) {
    this.origin = origin;
    this.problems = problems;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpRequest request = exchange.getRequest();
    if (READS.contains(request.getMethod())) {
      return chain.filter(exchange);
    }
    boolean ours =
        "1".equals(request.getHeaders().getFirst(HEADER))
            && origin.equals(request.getHeaders().getOrigin());
    if (ours) {
      return chain.filter(exchange);
    }
    return ReactiveSecurityContextHolder.getContext()
        .mapNotNull(SecurityContext::getAuthentication)
        .hasElement()
        // Without a session there is nothing to guard, and the security chain demands a sign-in.
        .flatMap(signedIn -> signedIn ? refuse(exchange) : chain.filter(exchange));
  }

  private Mono<Void> refuse(ServerWebExchange exchange) {
    return problems.write(
        exchange,
        HttpStatus.FORBIDDEN,
        "foreign-write",
        "Cross-site write refused",
        "A write with the session's cookie must come from the portal. Send X-Plumbline: 1 from its"
            + " origin, or use a bearer token instead of the cookie.");
  }
}
