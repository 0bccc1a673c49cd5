package io.plumbline.inference.provider;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.plumbline.inference.provider.UpstreamException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Retry, circuit breaker and bulkhead of calls to providers. Breaker and bulkhead belong to one
 * model of one connection: a model that fails or is slow does not affect the provider's other
 * models, and a provider that is registered again starts with a closed breaker.
 */
@Component
class UpstreamPolicies {

  /** After so many calls in a row that all fail, a model is not called for {@link #OPEN}. */
  static final int FAILURES = 5;

  static final Duration OPEN = Duration.ofSeconds(10);

  /** A longer wait is left to the caller, whose call would otherwise keep its place here. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(2);

  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final int MAX_MODELS = 1_000;
  private static final Duration IDLE = Duration.ofHours(1);

  private record Key(UUID providerId, String model) {}

  private record Policy(CircuitBreaker breaker, Bulkhead bulkhead) {}

  private final Retry retry;
  private final CircuitBreakerConfig breakers;
  private final BulkheadConfig bulkheads;
  private final Cache<Key, Policy> policies =
      Caffeine.newBuilder().maximumSize(MAX_MODELS).expireAfterAccess(IDLE).build();

  @Autowired
  UpstreamPolicies(ProviderSettings settings, Clock clock) {
    this(settings.retries(), settings.maxConcurrent(), FIRST_WAIT, clock);
  }

  UpstreamPolicies(int retries, int maxConcurrent, Duration firstWait, Clock clock) {
    this.retry =
        Retry.of(
            "providers",
            RetryConfig.custom()
                .maxAttempts(retries + 1)
                .retryOnException(UpstreamPolicies::isRetryable)
                .intervalBiFunction(waiting(firstWait))
                .build());
    this.breakers =
        CircuitBreakerConfig.custom()
            .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(FAILURES)
            .minimumNumberOfCalls(FAILURES)
            .failureRateThreshold(100)
            .waitDurationInOpenState(OPEN)
            .permittedNumberOfCallsInHalfOpenState(1)
            // Only what the model did wrong: neither a refused request nor a fault of our own.
            .ignoreException(failure ->
                !(failure instanceof UpstreamException upstream && upstream.kind().unhealthy()))
            // A slow answer is an answer; the response timeout bounds it.
            .slowCallDurationThreshold(Duration.ofDays(1))
            .clock(clock)
            .build();
    this.bulkheads =
        BulkheadConfig.custom()
            .maxConcurrentCalls(maxConcurrent)
            .maxWaitDuration(Duration.ZERO)
            .build();
  }

  /** A place among the concurrent calls of one model, kept until it is closed. */
  interface Place extends AutoCloseable {

    /**
     * Sends a request, and again where that is safe.
     *
     * @throws UpstreamException of the last attempt, or 503 when the model is not called at present
     */
    <T> T call(Supplier<T> attempt);

    @Override
    void close();
  }

  /**
   * @throws UpstreamException 503 when too many calls to the model are in progress
   */
  Place enter(ProviderModel model) {
    Policy policy = policies.get(new Key(model.provider().id(), model.model()), this::create);
    if (!policy.bulkhead.tryAcquirePermission()) {
      throw new UpstreamException(
          Kind.REFUSED,
          503,
          "provider_busy",
          "Too many calls to %s are in progress; try again in a second.".formatted(model.name()),
          Duration.ofSeconds(1));
    }
    return new Place() {
      @Override
      public <T> T call(Supplier<T> attempt) {
        try {
          // The breaker is outside of the retry, so that a call counts once.
          return policy.breaker.executeSupplier(Retry.decorateSupplier(retry, attempt));
        } catch (CallNotPermittedException open) {
          throw new UpstreamException(
              Kind.REFUSED,
              503,
              "provider_unavailable",
              "%s failed %d times in a row and is not called for %d seconds; try again then."
                  .formatted(model.name(), FAILURES, OPEN.toSeconds()),
              OPEN);
        }
      }

      @Override
      public void close() {
        policy.bulkhead.onComplete();
      }
    };
  }

  private Policy create(Key key) {
    String name = key.providerId + "/" + key.model;
    return new Policy(CircuitBreaker.of(name, breakers), Bulkhead.of(name, bulkheads));
  }

  private static boolean isRetryable(Throwable failure) {
    if (!(failure instanceof UpstreamException upstream) || !upstream.kind().retryable()) {
      return false;
    }
    Duration requested = upstream.retryAfter();
    return requested == null || requested.compareTo(MAX_WAIT) <= 0;
  }

  /** Exponential with jitter, and no shorter than {@code Retry-After}. */
  private static IntervalBiFunction<Object> waiting(Duration first) {
    IntervalFunction backoff = IntervalFunction.ofExponentialRandomBackoff(first, 2.0, 0.5);
    return (attempt, result) -> Math.max(backoff.apply(attempt), requestedMillis(result));
  }

  private static long requestedMillis(Either<Throwable, Object> result) {
    return result.isLeft()
            && result.getLeft() instanceof UpstreamException upstream
            && upstream.retryAfter() != null
        ? upstream.retryAfter().toMillis()
        : 0;
  }
}
