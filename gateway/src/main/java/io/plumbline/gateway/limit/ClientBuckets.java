package io.plumbline.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** The token buckets of clients in this process. They are bounded: the least active is dropped. */
final class ClientBuckets {

  static final int MAX_CLIENTS = 10_000;

  private final int burst;
  private final int tokens;
  private final Duration period;
  private final TimeMeter time;
  private final Cache<String, Bucket> buckets;

  /**
   * Creates buckets.
   *
   * @param burst the requests that a client may make at once
   * @param tokens the requests that it gets back in each period, evenly
   */
  ClientBuckets(int burst, int tokens, Duration period, TimeMeter time) {
    this.burst = burst;
    this.tokens = tokens;
    this.period = period;
    this.time = time;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MAX_CLIENTS)
            // A bucket is full again by then, so a new bucket equals the one that was dropped.
            .expireAfterAccess(period.multipliedBy(1L + burst / tokens))
            .build();
  }

  ConsumptionProbe tryConsume(String client) {
    return buckets.get(client, each -> bucket()).tryConsumeAndReturnRemaining(1);
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(burst).refillGreedy(tokens, period))
        .withCustomTimePrecision(time)
        .build();
  }
}
