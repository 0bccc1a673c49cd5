package io.plumbline.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** A token bucket per client; per process, and bounded: the least active client is forgotten. */
final class ClientBuckets {

  static final int CLIENTS = 10_000;

  private final int burst;
  private final int tokens;
  private final Duration period;
  private final TimeMeter time;
  private final Cache<String, Bucket> buckets;

  /**
   * @param burst how many a client may take at once
   * @param tokens how many it gets in each period, as it goes by
   */
  ClientBuckets(int burst, int tokens, Duration period, TimeMeter time) {
    this.burst = burst;
    this.tokens = tokens;
    this.period = period;
    this.time = time;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(CLIENTS)
            // Full by then, so that a new bucket equals the one that was dropped.
            .expireAfterAccess(period.multipliedBy(1L + burst / tokens))
            .build();
  }

  ConsumptionProbe take(String client) {
    return buckets.get(client, each -> bucket()).tryConsumeAndReturnRemaining(1);
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(burst).refillGreedy(tokens, period))
        .withCustomTimePrecision(time)
        .build();
  }
}
