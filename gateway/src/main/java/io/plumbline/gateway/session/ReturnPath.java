package io.plumbline.gateway.session;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.ServerAuthenticationSuccessHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Remembers, through the sign-in, the page that a person requested, and returns there; only to
 * paths of our own.
 */
@Component
class ReturnPath implements WebFilter, ServerAuthenticationSuccessHandler {

  private static final String ATTRIBUTE = ReturnPath.class.getName();
  private static final String SIGN_IN = "/oauth2/authorization/keycloak";

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    String wanted = exchange.getRequest().getQueryParams().getFirst("return");
    if (!exchange.getRequest().getPath().value().equals(SIGN_IN) || !isOwnPath(wanted)) {
      return chain.filter(exchange);
    }
    return exchange
        .getSession()
        .doOnNext(session -> session.getAttributes().put(ATTRIBUTE, wanted))
        .then(chain.filter(exchange));
  }

  @Override
  public Mono<Void> onAuthenticationSuccess(
      WebFilterExchange filter, Authentication authentication) {
    ServerWebExchange exchange = filter.getExchange();
    return exchange
        .getSession()
        .doOnNext(session -> {
          Object wanted = session.getAttributes().remove(ATTRIBUTE);
          exchange.getResponse().setStatusCode(HttpStatus.FOUND);
          exchange
              .getResponse()
              .getHeaders()
              .setLocation(URI.create(wanted instanceof String path ? path : "/"));
        })
        .then();
  }

  /** {@code //host} and {@code /\host} are other hosts to a browser. */
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
