package io.plumbline.inference.release;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy.FixedExpiration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.plumbline.contracts.Digest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The origin of the latest responses, which feedback refers to. */
@Component
public class Responses {

  static final int CAPACITY = 20_000;
  static final Duration RETENTION = Duration.ofHours(24);
  private static final int BATCH = CAPACITY / 20;

  /** What answered. */
  public record Origin(UUID workspace, @Nullable Arm arm, @Nullable Digest variant) {}

  /**
   * Not bounded by {@code maximumSize}, which keeps what is read often: of 60,000 responses, each
   * written once, it kept a tenth of the latest 2,000 and half of the first 20,000. The oldest are
   * dropped instead.
   */
  private final Cache<String, Origin> latest =
      Caffeine.newBuilder().expireAfterWrite(RETENTION).recordStats().build();

  private final FixedExpiration<String, Origin> byAge =
      latest.policy().expireAfterWrite().orElseThrow();
  private final AtomicInteger sinceTrim = new AtomicInteger();

  Responses(MeterRegistry meters) {
    CaffeineCacheMetrics.monitor(meters, latest, "responses");
  }

  public void remember(String responseId, Origin origin) {
    latest.put(responseId, origin);
    if (sinceTrim.incrementAndGet() >= BATCH) {
      sinceTrim.set(0);
      trim();
    }
  }

  private void trim() {
    latest.cleanUp();
    int excess = (int) latest.estimatedSize() - CAPACITY;
    if (excess > 0) {
      latest.invalidateAll(byAge.oldest(excess).keySet());
    }
  }

  /** Only in the caller's own workspace. */
  Optional<Origin> find(UUID workspace, String responseId) {
    return Optional.ofNullable(latest.getIfPresent(responseId))
        .filter(origin -> origin.workspace.equals(workspace));
  }
}
