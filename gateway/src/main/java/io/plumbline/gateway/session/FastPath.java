package io.plumbline.gateway.session;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.gateway.ApiKeyBearer;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.core.Ordered;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.header.HttpHeaderWriterWebFilter;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * Leads a call of the OpenAI API around the firewall and the security chains to the routes, if it
 * is certain that they would let it pass. That is so when its form is plain and its bearer is an
 * API key, which inference verifies, or a token that was found valid a moment ago. Spring Security
 * wraps request and headers anew at each access and checks them each time, which costs more than
 * all the rest of a request.
 *
 * <p>The filter rejects nothing: a request in doubt takes the usual path, which may reject it. The
 * security headers, the limits and the routes are the same objects on both paths.
 */
@Component
@ConditionalOnBooleanProperty(name = "plumbline.gateway.fast-path", matchIfMissing = true)
class FastPath implements WebFilter, Ordered {

  private final WebFilter headersWithKey;
  private final WebFilter headersWithToken;
  private final TokenCheck tokens;
  private final RoutePredicateHandlerMapping routes;
  private final Counter taken;

  FastPath(
      @Qualifier("apiKey") SecurityWebFilterChain withKey,
      @Qualifier("bearer") SecurityWebFilterChain withToken,
      TokenCheck tokens,
      RoutePredicateHandlerMapping routes,
      MeterRegistry meters) {
    this.headersWithKey = headerFilterOf(withKey);
    this.headersWithToken = headerFilterOf(withToken);
    this.tokens = tokens;
    this.routes = routes;
    this.taken = meters.counter("plumbline.gateway.fast-path");
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain usual) {
    if (!PlainRequest.isPlainRequest(exchange.getRequest())) {
      return usual.filter(exchange);
    }
    if (ApiKeyBearer.of(exchange).isPresent()) {
      return route(exchange, exchange, headersWithKey, usual);
    }
    return BearerToken.of(exchange.getRequest().getHeaders())
        .map(tokens::findCached)
        .filter(token -> token.getSubject() != null)
        .map(token -> route(exchange, withPrincipal(token, exchange), headersWithToken, usual))
        .orElseGet(() -> usual.filter(exchange));
  }

  private static ServerWebExchange withPrincipal(Jwt token, ServerWebExchange exchange) {
    return exchange.mutate().principal(Mono.just(new JwtAuthenticationToken(token))).build();
  }

  /**
   * Sends a request to its route, or on the usual path if there is none.
   *
   * @param original the request without the principal that was added to it, for the usual path
   */
  private Mono<Void> route(
      ServerWebExchange original,
      ServerWebExchange exchange,
      WebFilter headers,
      WebFilterChain usual) {
    return routes
        .getHandler(exchange)
        .cast(WebHandler.class)
        .map(service -> {
          taken.increment();
          return headers.filter(exchange, service::handle);
        })
        .defaultIfEmpty(usual.filter(original))
        .flatMap(Function.identity());
  }

  private static WebFilter headerFilterOf(SecurityWebFilterChain chain) {
    return chain
        .getWebFilters()
        .ofType(HttpHeaderWriterWebFilter.class)
        .single()
        .blockOptional()
        .orElseThrow();
  }

  /**
   * Runs after the filter that handles the management port's requests, and before everything that
   * only sign-ins need.
   */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 10;
  }
}
