package io.plumbline.gateway.route;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * Balances the requests to a service over its replicas by round robin, when nothing between them
 * does. The next replica is tried when one refuses the connection, since it cannot have seen the
 * request, and when one breaks off before it answers a request that only reads.
 */
final class ReplicaLoadBalancer implements GatewayFilter, Ordered {

  private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final List<URI> addresses;
  private final AtomicInteger next = new AtomicInteger();

  ReplicaLoadBalancer(List<URI> addresses) {
    this.addresses = List.copyOf(addresses);
  }

  /** Runs when the URL of the first replica is known, before the request is sent there. */
  @Override
  public int getOrder() {
    return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 1;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    return sendTo(exchange, chain, next.getAndIncrement(), addresses.size());
  }

  private Mono<Void> sendTo(
      ServerWebExchange exchange, GatewayFilterChain chain, int number, int untried) {
    URI replica = addresses.get(Math.floorMod(number, addresses.size()));
    URI url = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
    exchange
        .getAttributes()
        .put(
            ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR,
            UriComponentsBuilder.fromUri(url)
                .host(replica.getHost())
                .port(replica.getPort())
                .build(true)
                .toUri());
    Mono<Void> answer = chain.filter(exchange);
    if (untried == 1) {
      return answer;
    }
    return answer.onErrorResume(
        failure -> canTryNext(exchange, failure),
        failure -> {
          ServerWebExchangeUtils.reset(exchange);
          return sendTo(exchange, chain, number + 1, untried - 1);
        });
  }

  private static boolean canTryNext(ServerWebExchange exchange, Throwable failure) {
    return failure instanceof ConnectException
        || (failure instanceof IOException
            && READS.contains(exchange.getRequest().getMethod())
            && !exchange.getResponse().isCommitted());
  }
}
