package io.plumbline.inference.provider.probe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The pause between two probes of one provider by this process. It keeps anybody from flooding a
 * server or trying keys with probes.
 */
@Component
class ProbeRateLimiter {

  static final Duration PAUSE = Duration.ofSeconds(5);

  private static final int MAX_REMEMBERED = 1_000;

  private record Key(UUID workspace, String provider) {}

  /** A probe in progress. */
  interface Running extends AutoCloseable {

    @Override
    void close();
  }

  private final Set<Key> running = ConcurrentHashMap.newKeySet();
  private final Cache<Key, Boolean> recent;

  @Autowired
  ProbeRateLimiter() {
    this(Ticker.systemTicker());
  }

  ProbeRateLimiter(Ticker ticker) {
    this.recent =
        Caffeine.newBuilder()
            .expireAfterWrite(PAUSE)
            .maximumSize(MAX_REMEMBERED)
            .ticker(ticker)
            .build();
  }

  /**
   * Begins a probe.
   *
   * @throws Problem when a probe of the provider is in progress, or ended less than {@link #PAUSE}
   *     ago
   */
  Running begin(UUID workspace, String provider) {
    Key key = new Key(workspace, provider);
    if (!running.add(key)) {
      throw tooSoonProblem(provider);
    }
    if (recent.getIfPresent(key) != null) {
      running.remove(key);
      throw tooSoonProblem(provider);
    }
    return () -> {
      recent.put(key, true);
      running.remove(key);
    };
  }

  private static Problem tooSoonProblem(String provider) {
    return new Problem(
            InferenceProblem.PROBED_JUST_NOW,
            ("A test of provider '%s' is running, or ended less than %d seconds ago. Test it again"
                    + " in %2$d seconds.")
                .formatted(provider, PAUSE.toSeconds()))
        .retryAfter(PAUSE);
  }
}
