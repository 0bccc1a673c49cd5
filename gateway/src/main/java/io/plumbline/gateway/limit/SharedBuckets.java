package io.plumbline.gateway.limit;

import io.plumbline.gateway.GatewaySettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The token buckets of clients in Redis, shared by all gateways. Redis's own clock refills them. A
 * Redis that does not answer limits nothing; each gateway still has its own buckets. It is then not
 * asked for a while, so that requests do not wait for it one by one.
 */
@Component
@Profile("redis")
class SharedBuckets {

  private static final Logger log = LoggerFactory.getLogger(SharedBuckets.class);

  /** The time for an answer. A request waits for it, whereas Redis needs a millisecond. */
  private static final Duration ANSWER = Duration.ofMillis(250);

  /** The time for which Redis is not asked after it failed to answer. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final String NAMESPACE = "plumbline:limit:";

  /** Takes a token, and returns the milliseconds until there is one; 0 if it was taken. */
  private static final RedisScript<Long> TAKE =
      RedisScript.of(
          """
          local burst, rate = tonumber(ARGV[1]), tonumber(ARGV[2])
          local clock = redis.call('TIME')
          local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
          local former = redis.call('HMGET', KEYS[1], 'tokens', 'at')
          local at = tonumber(former[2]) or now
          local tokens = (tonumber(former[1]) or burst) + math.max(0, now - at) * rate / 1000
          tokens = math.min(burst, tokens)
          local wait = 0
          if tokens >= 1 then
            tokens = tokens - 1
          else
            wait = math.ceil((1 - tokens) * 1000 / rate)
          end
          redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', now)
          redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate * 1000) + 1000)
          return wait
          """,
          Long.class);

  private final ReactiveStringRedisTemplate redis;
  private final List<String> limits;
  private final AtomicLong askedAgainAt = new AtomicLong(System.nanoTime());

  SharedBuckets(ReactiveStringRedisTemplate redis, GatewaySettings settings) {
    this.redis = redis;
    this.limits =
        List.of(
            Integer.toString(settings.gateway().burst()),
            Integer.toString(settings.gateway().requestsPerSecond()));
  }

  /** Takes a token of a client, and returns how long it has to wait for one; zero if it has one. */
  Mono<Duration> tryConsume(String client) {
    if (System.nanoTime() - askedAgainAt.get() < 0) {
      return Mono.just(Duration.ZERO);
    }
    return redis
        .execute(TAKE, List.of(NAMESPACE + client), limits)
        .next()
        .map(Duration::ofMillis)
        .defaultIfEmpty(Duration.ZERO)
        .timeout(ANSWER)
        .onErrorResume(e -> {
          pause(e);
          return Mono.just(Duration.ZERO);
        });
  }

  /** Pauses, and says so once, however many requests were waiting. */
  private void pause(Throwable failure) {
    long now = System.nanoTime();
    long former = askedAgainAt.getAndSet(now + PAUSE.toNanos());
    if (now - former >= 0) {
      log.warn(
          "Redis does not answer, so each gateway limits requests alone for {} s: {}",
          PAUSE.toSeconds(),
          failure.toString());
    }
  }
}
