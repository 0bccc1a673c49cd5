package io.plumbline.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.gateway.ApiKeyBearer;
import io.plumbline.gateway.GatewaySettings;
import io.plumbline.gateway.ProblemWriter;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Limits how many API keys an address may try before inference checks them. A key counts when it is
 * seen for the first time, and again each time after it was refused. A key in use does not count,
 * so guesses from an address do not block the callers there that have a valid key.
 */
@Component
class UnknownKeyLimit implements GlobalFilter, Ordered {

  static final int MAX_KEYS = 10_000;
  private static final Duration MAX_AGE = Duration.ofMinutes(10);

  private enum LastOutcome {
    PASSED,
    REFUSED
  }

  private final AddressLimit limit;

  /** The last outcome of a key, by its digest. */
  private final Cache<String, LastOutcome> seen =
      Caffeine.newBuilder().maximumSize(MAX_KEYS).expireAfterAccess(MAX_AGE).build();

  @Autowired
  UnknownKeyLimit(
      GatewaySettings settings,
      ClientAddress address,
      ProblemWriter problems,
      MeterRegistry meters) {
    this(settings.gateway().apiKeys(), address, problems, meters, TimeMeter.SYSTEM_NANOTIME);
  }

  UnknownKeyLimit(
      GatewaySettings.ApiKeys settings,
      ClientAddress address,
      ProblemWriter problems,
      MeterRegistry meters,
      TimeMeter time) {
    this.limit =
        new AddressLimit(
            address,
            settings.perMinute(),
            settings.burst(),
            time,
            new TooManyRequests(problems, meters.counter("plumbline.gateway.api-keys.limited")),
            "Too many API keys",
            "More than %d unknown API keys per minute came from this address.");
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    return ApiKeyBearer.of(exchange)
        .map(key -> passUnlessLimited(key.digest(), exchange, chain))
        .orElseGet(() -> chain.filter(exchange));
  }

  private Mono<Void> passUnlessLimited(
      String key, ServerWebExchange exchange, GatewayFilterChain chain) {
    if (seen.getIfPresent(key) == LastOutcome.PASSED) {
      return pass(key, exchange, chain);
    }
    return limit.filter(exchange, () -> pass(key, exchange, chain));
  }

  private Mono<Void> pass(String key, ServerWebExchange exchange, GatewayFilterChain chain) {
    seen.asMap().putIfAbsent(key, LastOutcome.PASSED);
    exchange
        .getResponse()
        .beforeCommit(() -> Mono.fromRunnable(() -> seen.put(key, outcome(exchange))));
    return chain.filter(exchange);
  }

  private static LastOutcome outcome(ServerWebExchange exchange) {
    if (HttpStatus.UNAUTHORIZED.equals(exchange.getResponse().getStatusCode())) {
      return LastOutcome.REFUSED;
    }
    return LastOutcome.PASSED;
  }

  /** Runs before the limit of requests: a guess must not get a bucket of its own there. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 40;
  }
}
