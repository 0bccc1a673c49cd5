package io.plumbline.inference.provider;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.provider.UpstreamException.Kind;
import io.plumbline.platform.web.ClientConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The retry, circuit breaker and bulkhead of calls to providers. Each model of a connection has its
 * own breaker and bulkhead: a model that fails or is slow does not affect the other models of the
 * provider, and a provider that is registered again starts with a closed breaker.
 */
@Component
class UpstreamPolicies {

  /**
   * The number of calls in a row that all fail, or are all slow, after which a model is not called
   * for {@link #OPEN}.
   */
  static final int FAILURES = 5;

  static final Duration OPEN = Duration.ofSeconds(10);

  /** The longest wait before a retry; a failure that asks for a longer one is not retried. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(2);

  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final int MAX_MODELS = 1_000;
  private static final Duration IDLE = Duration.ofHours(1);

  /** The name of the list of models in a key. The name of a model is never empty. */
  private static final String LISTING = "";

  private record Key(UUID workspace, Digest connection, String model) {}

  private record Policy(CircuitBreaker breaker, Bulkhead bulkhead) {}

  private final Retry retry;
  private final Clock clock;
  private final BooleanSupplier clientWaits;
  private final ProviderSettings settings;
  private final BulkheadConfig bulkheads;
  private final Cache<Key, Policy> policies =
      Caffeine.newBuilder().maximumSize(MAX_MODELS).expireAfterAccess(IDLE).build();

  @Autowired
  UpstreamPolicies(ProviderSettings settings, Clock clock) {
    this(settings, FIRST_WAIT, clock, ClientConnection::isOpen);
  }

  /**
   * Creates the policies.
   *
   * @param clientWaits whether a client still waits for the answer; asked by the thread of the call
   */
  UpstreamPolicies(
      ProviderSettings settings, Duration firstWait, Clock clock, BooleanSupplier clientWaits) {
    this.settings = settings;
    this.clock = clock;
    this.clientWaits = clientWaits;
    this.retry =
        Retry.of(
            "providers",
            RetryConfig.custom()
                .maxAttempts(settings.retries() + 1)
                .retryOnException(failure -> isRetryable(failure) && clientWaits.getAsBoolean())
                .intervalBiFunction(backoff(firstWait))
                .build());
    this.bulkheads =
        BulkheadConfig.custom()
            .maxConcurrentCalls(settings.maxConcurrent())
            .maxWaitDuration(Duration.ZERO)
            .build();
  }

  /** A place among the concurrent calls of one model, which the call keeps until it is closed. */
  interface CallPermit extends AutoCloseable {

    /**
     * Sends a request. It is sent again when that is safe and the client still waits. A failure
     * counts against the model at once. Whether an answer is valid is known only when it is read.
     *
     * @throws UpstreamException the failure of the last attempt; 503 when the model is not called
     *     at present
     */
    <T> T call(Supplier<T> attempt);

    /** Reports that the answer is valid. */
    void reportSuccess();

    /** Reports an invalid or missing answer; ignored after {@link #reportSuccess()}. */
    void reportFailure();

    @Override
    void close();
  }

  /**
   * Admits a call of a model.
   *
   * @throws UpstreamException 503 when too many calls to the model are in progress
   */
  CallPermit admit(ProviderModel model) {
    return admit(model.connection(), model.model(), model.name());
  }

  /**
   * Admits a request for the list of a connection's models. The list has a breaker and bulkhead of
   * its own, apart from the models.
   */
  CallPermit admitListing(Connection connection) {
    return admit(connection, LISTING, "The list of models of " + connection.provider());
  }

  private CallPermit admit(Connection connection, String model, String name) {
    Policy policy =
        policies.get(
            new Key(connection.workspace(), connection.digest(), model),
            key -> createPolicy(key, connection.endpoint()));
    if (!policy.bulkhead.tryAcquirePermission()) {
      throw new UpstreamException(
          Kind.NOT_CALLED,
          503,
          "provider_busy",
          "Too many calls to %s are in progress; try again in a second.".formatted(name),
          Duration.ofSeconds(1));
    }
    return new Admitted(name, policy);
  }

  /** A place that reports the result to the breaker once; an abandoned call reports nothing. */
  private final class Admitted implements CallPermit {

    private final String model;
    private final Policy policy;
    private final AtomicBoolean permitted = new AtomicBoolean();
    private volatile Instant sent = Instant.MAX;

    Admitted(String model, Policy policy) {
      this.model = model;
      this.policy = policy;
    }

    @Override
    public <T> T call(Supplier<T> attempt) {
      if (!policy.breaker.tryAcquirePermission()) {
        throw new UpstreamException(
            Kind.NOT_CALLED,
            503,
            "provider_unavailable",
            "%s failed or was too slow %d times in a row and is not called for %d seconds; try again then."
                .formatted(model, FAILURES, OPEN.toSeconds()),
            OPEN);
      }
      permitted.set(true);
      try {
        // The breaker is outside the retry, so that a call with several attempts counts once.
        return Retry.decorateSupplier(retry, whileClientWaits(notingStart(attempt))).get();
      } catch (RuntimeException | Error failure) {
        failed(failure);
        throw failure;
      }
    }

    @Override
    public void reportSuccess() {
      if (permitted.getAndSet(false)) {
        policy.breaker.onSuccess(elapsedNanos(), TimeUnit.NANOSECONDS);
      }
    }

    @Override
    public void reportFailure() {
      failed(new UpstreamException(Kind.FAILED, 502, "provider_failed", model + " failed."));
    }

    private void failed(Throwable failure) {
      if (permitted.getAndSet(false)) {
        policy.breaker.onError(elapsedNanos(), TimeUnit.NANOSECONDS, failure);
      }
    }

    /** Notes the time of each attempt, so that waits between attempts do not count as slowness. */
    private <T> Supplier<T> notingStart(Supplier<T> attempt) {
      return () -> {
        sent = clock.instant();
        return attempt.get();
      };
    }

    private long elapsedNanos() {
      return Math.max(0, Duration.between(sent, clock.instant()).toNanos());
    }

    @Override
    public void close() {
      if (permitted.getAndSet(false)) {
        policy.breaker.releasePermission();
      }
      policy.bulkhead.onComplete();
    }
  }

  /**
   * Returns an attempt that is made only while the client waits. If the client leaves between two
   * attempts, the call ends with the last failure.
   */
  private <T> Supplier<T> whileClientWaits(Supplier<T> attempt) {
    AtomicReference<@Nullable UpstreamException> last = new AtomicReference<>();
    return () -> {
      UpstreamException failed = last.get();
      if (failed != null && !clientWaits.getAsBoolean()) {
        throw failed;
      }
      try {
        return attempt.get();
      } catch (UpstreamException e) {
        last.set(e);
        throw e;
      }
    };
  }

  private Policy createPolicy(Key key, Endpoint endpoint) {
    String name = key.connection + "/" + key.model;
    return new Policy(
        CircuitBreaker.of(name, breakerConfig(endpoint)), Bulkhead.of(name, bulkheads));
  }

  private CircuitBreakerConfig breakerConfig(Endpoint endpoint) {
    return CircuitBreakerConfig.custom()
        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
        .slidingWindowSize(FAILURES)
        .minimumNumberOfCalls(FAILURES)
        .failureRateThreshold(100)
        .waitDurationInOpenState(OPEN)
        .permittedNumberOfCallsInHalfOpenState(1)
        // Only faults of the model count, neither a refused request nor a fault of the platform.
        .ignoreException(failure ->
            !(failure instanceof UpstreamException upstream && upstream.kind().unhealthy()))
        // A single slow answer is accepted. If all are slow, the next callers wait as long.
        .slowCallDurationThreshold(settings.slowCallThreshold(endpoint))
        .slowCallRateThreshold(100)
        .clock(clock)
        .build();
  }

  private static boolean isRetryable(Throwable failure) {
    if (!(failure instanceof UpstreamException upstream) || !upstream.kind().retryable()) {
      return false;
    }
    Duration requested = upstream.retryAfter();
    return requested == null || requested.compareTo(MAX_WAIT) <= 0;
  }

  /** Returns exponential waits with jitter that are no shorter than {@code Retry-After}. */
  private static IntervalBiFunction<Object> backoff(Duration first) {
    IntervalFunction exponential = IntervalFunction.ofExponentialRandomBackoff(first, 2.0, 0.5);
    return (attempt, result) -> Math.max(exponential.apply(attempt), retryAfterMillis(result));
  }

  private static long retryAfterMillis(Either<Throwable, Object> result) {
    if (result.isLeft() && result.getLeft() instanceof UpstreamException upstream) {
      return Objects.requireNonNullElse(upstream.retryAfter(), Duration.ZERO).toMillis();
    }
    return 0;
  }
}
