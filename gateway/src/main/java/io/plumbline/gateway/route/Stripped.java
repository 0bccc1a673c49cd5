package io.plumbline.gateway.route;

import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes off what nobody outside may say, and what no service needs to see. */
@Component
class Stripped implements GlobalFilter, Ordered {

  private static final List<String> HEADERS =
      List.of(
          "Plumbline-Workspace",
          "Plumbline-On-Behalf-Of",
          HttpHeaders.COOKIE,
          "X-Plumbline",
          HttpHeaders.ORIGIN,
          "Forwarded");

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    HttpHeaders sent = exchange.getRequest().getHeaders();
    if (HEADERS.stream().noneMatch(sent::containsHeader)) {
      return chain.filter(exchange);
    }
    return chain.filter(
        exchange
            .mutate()
            .request(request -> request.headers(headers -> HEADERS.forEach(headers::remove)))
            .build());
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 200;
  }
}
