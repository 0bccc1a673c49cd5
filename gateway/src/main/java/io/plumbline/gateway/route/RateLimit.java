package io.plumbline.gateway.route;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.gateway.GatewaySettings;
import io.plumbline.gateway.ProblemWriter;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A token bucket per client: an authenticated one counts by name, any other by address. */
@Component
class RateLimit implements GlobalFilter, Ordered {

  static final int CLIENTS = 10_000;

  private final GatewaySettings.Gateway settings;
  private final ProblemWriter problems;
  private final Counter limited;
  private final TimeMeter time;
  private final Cache<String, Bucket> buckets;

  @Autowired
  RateLimit(GatewaySettings settings, ProblemWriter problems, MeterRegistry meters) {
    this(settings.gateway(), problems, meters, TimeMeter.SYSTEM_NANOTIME);
  }

  RateLimit(
      GatewaySettings.Gateway settings,
      ProblemWriter problems,
      MeterRegistry meters,
      TimeMeter time) {
    this.settings = settings;
    this.problems = problems;
    this.limited = meters.counter("plumbline.gateway.limited");
    this.time = time;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(CLIENTS)
            // Full by then, so that a new bucket equals the one that was dropped.
            .expireAfterAccess(
                Duration.ofSeconds(1L + settings.burst() / settings.requestsPerSecond()))
            .build();
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    return exchange
        .getPrincipal()
        .map(Principal::getName)
        .defaultIfEmpty(address(exchange))
        .flatMap(client -> {
          ConsumptionProbe probe = take(client);
          return probe.isConsumed() ? chain.filter(exchange) : refuse(exchange, probe);
        });
  }

  ConsumptionProbe take(String client) {
    return buckets.get(client, each -> bucket()).tryConsumeAndReturnRemaining(1);
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(limit ->
            limit
                .capacity(settings.burst())
                .refillGreedy(settings.requestsPerSecond(), Duration.ofSeconds(1)))
        .withCustomTimePrecision(time)
        .build();
  }

  private Mono<Void> refuse(ServerWebExchange exchange, ConsumptionProbe probe) {
    limited.increment();
    long seconds =
        Math.max(1, Duration.ofNanos(probe.getNanosToWaitForRefill()).plusMillis(999).toSeconds());
    exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    return problems.write(
        exchange,
        HttpStatus.TOO_MANY_REQUESTS,
        "rate-limited",
        "Too many requests",
        "More than %d requests per second were sent. Wait for the seconds in Retry-After."
            .formatted(settings.requestsPerSecond()));
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
