package io.plumbline.gateway.session;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.savedrequest.ServerRequestCache;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The page that a person requested before the sign-in, which Spring Security returns to after it.
 * Only paths of our own are accepted. Nothing else of a request is kept: the portal requests it
 * again.
 */
@Component
class ReturnPath implements ServerRequestCache {

  private static final String ATTRIBUTE = ReturnPath.class.getName();

  /** Stores the path within the request that ends a sign-in. */
  static void remember(ServerWebExchange exchange, String path) {
    exchange.getAttributes().put(ATTRIBUTE, path);
  }

  @Override
  public Mono<Void> saveRequest(ServerWebExchange exchange) {
    return Mono.empty();
  }

  @Override
  public Mono<URI> getRedirectUri(ServerWebExchange exchange) {
    return Mono.justOrEmpty(exchange.<String>getAttribute(ATTRIBUTE)).map(URI::create);
  }

  @Override
  public Mono<ServerHttpRequest> removeMatchingRequest(ServerWebExchange exchange) {
    return Mono.empty();
  }

  /** Returns whether a path is our own: to a browser {@code //host} and {@code /\host} are not. */
  static boolean isOwnPath(@Nullable String path) {
    if (path == null
        || !path.startsWith("/")
        || path.startsWith("//")
        || path.indexOf('\\') >= 0
        || path.chars().anyMatch(c -> c < ' ')) {
      return false;
    }
    try {
      return URI.create(path).getHost() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
