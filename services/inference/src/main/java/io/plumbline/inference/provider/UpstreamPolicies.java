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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

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

  /** The time up to which no answer is slow, however fast the model usually is. */
  static final Duration MIN_SLOW = Duration.ofSeconds(5);

  /** The durations by which the breaker knows whether a call was slow. */
  private static final Duration SLOW_THRESHOLD = Duration.ofSeconds(1);

  private static final Duration SLOW = SLOW_THRESHOLD.plusSeconds(1);

  /** The longest wait before a retry; a failure that asks for a longer one is not retried. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(2);

  private static final Duration FIRST_WAIT = Duration.ofMillis(200);

  /** The header by which a caller, with 0, keeps its request from being sent again. */
  private static final String RETRIES = "x-plumbline-retries";

  private static final int MAX_MODELS = 1_000;
  private static final Duration IDLE = Duration.ofHours(1);

  /** The name of the list of models in a key. The name of a model is never empty. */
  private static final String LISTING = "";

  private record Key(UUID workspace, Digest connection, String model) {}

  /**
   * The policy of a model.
   *
   * @param answers the times of whole answers
   * @param starts the times until the first part of a streamed answer
   */
  private record Policy(
      CircuitBreaker breaker, Bulkhead bulkhead, AnswerTimes answers, AnswerTimes starts) {}

  /**
   * The recent times of one model's answers. They are sampled at most once in {@link #OPEN}, so
   * that many concurrent answers are not the whole history, and a model that has become slow for
   * good is usual again after minutes.
   */
  static final class AnswerTimes {

    /** The number of times without which no answer counts as slow. */
    static final int MIN_TIMES = 5;

    private static final int MAX_TIMES = 21;

    private record Sample(long nanos, long nanosPerToken) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private Instant sampled = Instant.MIN;

    /**
     * Returns whether an answer took many times as long as most of the recent ones. An answer with
     * more tokens may take longer.
     */
    synchronized boolean isSlow(long nanos, int tokens, double factor) {
      if (samples.size() < MIN_TIMES || nanos <= MIN_SLOW.toNanos()) {
        return false;
      }
      double usual =
          Math.max(median(Sample::nanos), median(Sample::nanosPerToken) * Math.max(1.0, tokens));
      return nanos > factor * usual;
    }

    synchronized void add(long nanos, int tokens, Instant now) {
      if (now.isBefore(sampled.plus(OPEN))) {
        return;
      }
      sampled = now;
      samples.addLast(new Sample(nanos, nanos / Math.max(1, tokens)));
      if (samples.size() > MAX_TIMES) {
        samples.removeFirst();
      }
    }

    private double median(ToLongFunction<Sample> figure) {
      long[] sorted = samples.stream().mapToLong(figure).sorted().toArray();
      return sorted[sorted.length / 2];
    }
  }

  private final Retry retry;
  private final Clock clock;
  private final BooleanSupplier clientWaits;
  private final ProviderSettings settings;
  private final BulkheadConfig bulkheads;
  private final CircuitBreakerConfig breakers;
  private final Cache<Key, Policy> policies =
      Caffeine.newBuilder().maximumSize(MAX_MODELS).expireAfterAccess(IDLE).build();

  @Autowired
  UpstreamPolicies(ProviderSettings settings, Clock clock) {
    this(settings, FIRST_WAIT, clock, UpstreamPolicies::isRepetitionWanted);
  }

  private static boolean isRepetitionWanted() {
    return ClientConnection.isOpen() && !isSentOnce();
  }

  /** Returns whether the sender of the current request wants it sent to the provider once. */
  private static boolean isSentOnce() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
        && "0".equals(current.getRequest().getHeader(RETRIES));
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
    this.breakers = breakerConfig(clock);
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

    /** Reports that the first part of a streamed answer is valid. */
    void reportSuccess();

    /**
     * Reports that a whole answer is valid.
     *
     * @param tokens the number of its tokens; 0 if it is not known
     */
    void reportSuccess(int tokens);

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
            new Key(connection.workspace(), connection.digest(), model), this::createPolicy);
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
      succeeded(policy.starts, 0);
    }

    @Override
    public void reportSuccess(int tokens) {
      succeeded(policy.answers, tokens);
    }

    private void succeeded(AnswerTimes times, int tokens) {
      if (permitted.getAndSet(false)) {
        long elapsed = elapsedNanos();
        boolean slow = times.isSlow(elapsed, tokens, settings.slowFactor());
        times.add(elapsed, tokens, clock.instant());
        policy.breaker.onSuccess(slow ? SLOW.toNanos() : 0, TimeUnit.NANOSECONDS);
      }
    }

    @Override
    public void reportFailure() {
      failed(new UpstreamException(Kind.FAILED, 502, "provider_failed", model + " failed."));
    }

    private void failed(Throwable failure) {
      if (permitted.getAndSet(false)) {
        boolean slow = policy.answers.isSlow(elapsedNanos(), 0, settings.slowFactor());
        policy.breaker.onError(slow ? SLOW.toNanos() : 0, TimeUnit.NANOSECONDS, failure);
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

  private Policy createPolicy(Key key) {
    String name = key.connection + "/" + key.model;
    return new Policy(
        CircuitBreaker.of(name, breakers),
        Bulkhead.of(name, bulkheads),
        new AnswerTimes(),
        new AnswerTimes());
  }

  private static CircuitBreakerConfig breakerConfig(Clock clock) {
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
        .slowCallDurationThreshold(SLOW_THRESHOLD)
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
