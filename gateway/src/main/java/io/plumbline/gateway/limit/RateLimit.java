package io.plumbline.gateway.limit;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.gateway.ApiKeyBearer;
import io.plumbline.gateway.GatewaySettings;
import io.plumbline.gateway.ProblemWriter;
import java.security.Principal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Limits requests with a token bucket per client: a person counts by the subject of their token,
 * signed in or not, one with an API key by the key, and any other by address. Where sessions are in
 * Redis, the buckets are there too, so that a client has one for all gateways.
 */
@Component
class RateLimit implements GlobalFilter, Ordered {

  private final GatewaySettings.Gateway settings;
  private final ClientAddress address;
  private final TooManyRequests tooMany;
  private final ClientBuckets buckets;
  private final Optional<SharedBuckets> shared;

  @Autowired
  RateLimit(
      GatewaySettings settings,
      ClientAddress address,
      ProblemWriter problems,
      MeterRegistry meters,
      Optional<SharedBuckets> shared) {
    this(settings.gateway(), address, problems, meters, TimeMeter.SYSTEM_NANOTIME, shared);
  }

  RateLimit(
      GatewaySettings.Gateway settings,
      ClientAddress address,
      ProblemWriter problems,
      MeterRegistry meters,
      TimeMeter time,
      Optional<SharedBuckets> shared) {
    this.settings = settings;
    this.shared = shared;
    this.address = address;
    this.tooMany = new TooManyRequests(problems, meters.counter("plumbline.gateway.limited"));
    this.buckets =
        new ClientBuckets(
            settings.burst(), settings.requestsPerSecond(), Duration.ofSeconds(1), time);
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    return filter(exchange, () -> chain.filter(exchange));
  }

  Mono<Void> filter(ServerWebExchange exchange, Supplier<Mono<Void>> next) {
    return exchange
        .getPrincipal()
        .map(RateLimit::nameOf)
        .switchIfEmpty(Mono.fromSupplier(() -> keyOrAddress(exchange)))
        .flatMap(this::waitOf)
        .flatMap(wait -> wait.isZero() ? next.get() : refuse(exchange, wait));
  }

  /** Returns the subject of a person's token: a session is named after the user's name instead. */
  private static String nameOf(Principal principal) {
    if (principal instanceof Authentication person
        && person.getPrincipal() instanceof OidcUser user) {
      return Objects.requireNonNullElse(user.getSubject(), principal.getName());
    }
    return principal.getName();
  }

  /**
   * Takes a token of the client, and returns how long it has to wait for one; zero if it has one.
   */
  private Mono<Duration> waitOf(String client) {
    ConsumptionProbe probe = tryConsume(client);
    if (!probe.isConsumed()) {
      return Mono.just(Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill())));
    }
    return shared.map(buckets -> buckets.tryConsume(client)).orElse(Mono.just(Duration.ZERO));
  }

  private String keyOrAddress(ServerWebExchange exchange) {
    return ApiKeyBearer.of(exchange)
        .map(key -> "key/" + key.digest())
        .orElseGet(() -> address.of(exchange));
  }

  ConsumptionProbe tryConsume(String client) {
    return buckets.tryConsume(client);
  }

  private Mono<Void> refuse(ServerWebExchange exchange, Duration wait) {
    return tooMany.write(
        exchange,
        wait,
        "Too many requests",
        "More than %d requests per second were sent.".formatted(settings.requestsPerSecond()));
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 50;
  }
}
