package io.plumbline.gateway.session;

import io.plumbline.gateway.ProblemWriter;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets a request with a cookie write only when it comes from a page of our own: it must carry a
 * constant header, which a foreign page cannot add without a preflight that nobody here answers,
 * and the right origin.
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
    return ours
        ? chain.filter(exchange)
        : problems.write(
            exchange,
            HttpStatus.FORBIDDEN,
            "foreign-write",
            "Not from a page of the portal",
            "Send X-Plumbline: 1 from the portal's own origin, or use a bearer token instead of the"
                + " cookie.");
  }
}
