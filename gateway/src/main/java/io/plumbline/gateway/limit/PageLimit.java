package io.plumbline.gateway.limit;

import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Limits the requests that the gateway answers itself, for the portal, the documentation and the
 * session, with the buckets of {@link RateLimit}, which limits those that it routes. It runs after
 * the security chains, since they say who calls.
 */
@Component
class PageLimit implements WebFilter, Ordered {

  private final RateLimit limit;

  PageLimit(RateLimit limit) {
    this.limit = limit;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (isRouted(exchange.getRequest().getPath().value())) {
      return chain.filter(exchange);
    }
    return limit.filter(exchange, () -> chain.filter(exchange));
  }

  private static boolean isRouted(String path) {
    return path.startsWith("/v1/")
        || (path.startsWith("/api/")
            && !path.equals("/api/docs")
            && !path.startsWith("/api/docs/"));
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
