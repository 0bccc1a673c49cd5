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
 * Bounds how many API keys an address may try before inference is asked. A key counts when it is
 * seen for the first time, and each time after it was refused; one that is in use does not, so that
 * guesses from an address leave those alone who call from there with a key that is valid.
 */
@Component
class KeyGuesses implements GlobalFilter, Ordered {

  static final int KEYS = 10_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private enum Last {
    PASSED,
    REFUSED
  }

  private final AddressLimit limit;

  /** What became of a key, by its digest. */
  private final Cache<String, Last> seen =
      Caffeine.newBuilder().maximumSize(KEYS).expireAfterAccess(REMEMBERED).build();

  @Autowired
  KeyGuesses(
      GatewaySettings settings,
      ClientAddress address,
      ProblemWriter problems,
      MeterRegistry meters) {
    this(settings.gateway().apiKeys(), address, problems, meters, TimeMeter.SYSTEM_NANOTIME);
  }

  KeyGuesses(
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
            "More than %d API keys per minute that are not in use came from this address.");
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    return ApiKeyBearer.of(exchange)
        .map(key ->
            seen.getIfPresent(key.digest()) == Last.PASSED
                ? pass(key.digest(), exchange, chain)
                : limit.filter(exchange, () -> pass(key.digest(), exchange, chain)))
        .orElseGet(() -> chain.filter(exchange));
  }

  private Mono<Void> pass(String key, ServerWebExchange exchange, GatewayFilterChain chain) {
    seen.asMap().putIfAbsent(key, Last.PASSED);
    exchange
        .getResponse()
        .beforeCommit(() ->
            Mono.fromRunnable(() ->
                seen.put(
                    key,
                    HttpStatus.UNAUTHORIZED.equals(exchange.getResponse().getStatusCode())
                        ? Last.REFUSED
                        : Last.PASSED)));
    return chain.filter(exchange);
  }

  /** Before the limit of requests: a guess is no client that has a bucket of its own. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 40;
  }
}
