package io.plumbline.gateway.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.gateway.GatewaySettings;
import io.plumbline.gateway.ProblemWriter;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A token bucket per client: whoever is signed in counts by name, everybody else by address. */
@Component
class RateLimit implements GlobalFilter, Ordered {

  private static final int CLIENTS = 10_000;
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double burst;
  private final ProblemWriter problems;
  private final MeterRegistry meters;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > CLIENTS;
        }
      };

  private static final class Bucket {
    private double tokens;
    private long filledAt;

    Bucket(double tokens, long filledAt) {
      this.tokens = tokens;
      this.filledAt = filledAt;
    }
  }

  @Autowired
  RateLimit(GatewaySettings settings, ProblemWriter problems, MeterRegistry meters) {
    this(settings.gateway(), problems, meters, System::nanoTime);
  }

  RateLimit(
      GatewaySettings.Gateway settings,
      ProblemWriter problems,
      MeterRegistry meters,
      LongSupplier nanos) {
    this.perSecond = settings.requestsPerSecond();
    this.burst = settings.burst();
    this.problems = problems;
    this.meters = meters;
    this.nanos = nanos;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    return exchange
        .getPrincipal()
        .map(Principal::getName)
        .defaultIfEmpty(address(exchange))
        .flatMap(client -> {
          if (take(client)) {
            return chain.filter(exchange);
          }
          meters.counter("plumbline.gateway.limited").increment();
          exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
          return problems.write(
              exchange,
              HttpStatus.TOO_MANY_REQUESTS,
              "rate-limited",
              "Too many requests",
              "Send fewer requests; try again in a second.");
        });
  }

  /**
   * @return whether the client had a token left
   */
  synchronized boolean take(String client) {
    long now = nanos.getAsLong();
    Bucket bucket = buckets.computeIfAbsent(client, each -> new Bucket(burst, now));
    bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.filledAt) / NANOS * perSecond);
    bucket.filledAt = now;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens--;
    return true;
  }

  private static String address(ServerWebExchange exchange) {
    return Optional.ofNullable(exchange.getRequest().getRemoteAddress())
        .map(InetSocketAddress::getHostString)
        .orElse("unknown");
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 50;
  }
}
