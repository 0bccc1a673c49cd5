package io.plumbline.gateway.limit;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.gateway.ApiKeyBearer;
import io.plumbline.gateway.GatewaySettings;
import io.plumbline.gateway.ProblemWriter;
import java.security.Principal;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Limits requests with a token bucket per client: an authenticated client counts by name, one with
 * an API key by the key, and any other by address.
 */
@Component
class RateLimit implements GlobalFilter, Ordered {

  private final GatewaySettings.Gateway settings;
  private final ClientAddress address;
  private final TooManyRequests tooMany;
  private final ClientBuckets buckets;

  @Autowired
  RateLimit(
      GatewaySettings settings,
      ClientAddress address,
      ProblemWriter problems,
      MeterRegistry meters) {
    this(settings.gateway(), address, problems, meters, TimeMeter.SYSTEM_NANOTIME);
  }

  RateLimit(
      GatewaySettings.Gateway settings,
      ClientAddress address,
      ProblemWriter problems,
      MeterRegistry meters,
      TimeMeter time) {
    this.settings = settings;
    this.address = address;
    this.tooMany = new TooManyRequests(problems, meters.counter("plumbline.gateway.limited"));
    this.buckets =
        new ClientBuckets(
            settings.burst(), settings.requestsPerSecond(), Duration.ofSeconds(1), time);
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    return exchange
        .getPrincipal()
        .map(Principal::getName)
        .switchIfEmpty(Mono.fromSupplier(() -> keyOrAddress(exchange)))
        .flatMap(client -> {
          ConsumptionProbe probe = tryConsume(client);
          if (probe.isConsumed()) {
            return chain.filter(exchange);
          }
          return refuse(exchange, probe);
        });
  }

  private String keyOrAddress(ServerWebExchange exchange) {
    return ApiKeyBearer.of(exchange)
        .map(key -> "key/" + key.digest())
        .orElseGet(() -> address.of(exchange));
  }

  ConsumptionProbe tryConsume(String client) {
    return buckets.tryConsume(client);
  }

  private Mono<Void> refuse(ServerWebExchange exchange, ConsumptionProbe probe) {
    return tooMany.write(
        exchange,
        probe,
        "Too many requests",
        "More than %d requests per second were sent.".formatted(settings.requestsPerSecond()));
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 50;
  }
}
