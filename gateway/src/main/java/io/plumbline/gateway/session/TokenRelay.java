package io.plumbline.gateway.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Swaps the session for its access token on the way to a service. A session has at most one refresh
 * of its token under way.
 */
@Component
class TokenRelay implements GlobalFilter, Ordered {

  private final ReactiveOAuth2AuthorizedClientManager clients;
  private final Map<String, Mono<String>> underway = new ConcurrentHashMap<>();

  TokenRelay(ReactiveOAuth2AuthorizedClientManager clients) {
    this.clients = clients;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    return exchange
        .getPrincipal()
        .ofType(OAuth2AuthenticationToken.class)
        .flatMap(person -> accessToken(person, exchange))
        .map(token -> withToken(token, exchange))
        .defaultIfEmpty(exchange)
        .flatMap(chain::filter);
  }

  private Mono<String> accessToken(OAuth2AuthenticationToken person, ServerWebExchange exchange) {
    return exchange
        .getSession()
        .flatMap(session ->
            underway.computeIfAbsent(session.getId(), id -> authorize(person, exchange, id)));
  }

  private Mono<String> authorize(
      OAuth2AuthenticationToken person, ServerWebExchange exchange, String session) {
    OAuth2AuthorizeRequest request =
        OAuth2AuthorizeRequest.withClientRegistrationId(person.getAuthorizedClientRegistrationId())
            .principal(person)
            .attribute(ServerWebExchange.class.getName(), exchange)
            .build();
    return clients
        .authorize(request)
        .map(OAuth2AuthorizedClient::getAccessToken)
        .map(token -> token.getTokenValue())
        .doFinally(signal -> underway.remove(session))
        .cache();
  }

  private static ServerWebExchange withToken(String token, ServerWebExchange exchange) {
    return exchange
        .mutate()
        .request(request ->
            request.headers(headers -> headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + token)))
        .build();
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 100;
  }
}
