package io.plumbline.platform.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.Ticker;
import com.github.benmanes.caffeine.cache.Weigher;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import com.github.benmanes.caffeine.cache.stats.ConcurrentStatsCounter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * A cache in memory that workspaces share, bounded by weight. When it is full, the workspace that
 * takes the most loses what it used least. So a workspace that takes no more than an equal share of
 * the cache loses nothing, however much the others put in.
 */
public final class FairCache<K, V> {

  private static final Duration IDLE = Duration.ofHours(1);

  private final long maxWeight;
  private final Function<UUID, Cache<K, V>> opener;

  /** The entries of each workspace; those of a workspace that is unused for an hour are dropped. */
  private final Cache<UUID, Cache<K, V>> workspaces;

  private final ReentrantLock evicting = new ReentrantLock();

  /**
   * Creates an empty cache.
   *
   * @param name the name of the cache in metrics
   * @param weigher weighs an entry, in the unit of {@code maxWeight}
   * @param lifetime the time after which an entry is dropped, however often it is used
   */
  public FairCache(
      String name,
      long maxWeight,
      Weigher<K, V> weigher,
      Duration lifetime,
      Ticker ticker,
      MeterRegistry meters) {
    this.maxWeight = maxWeight;
    ConcurrentStatsCounter stats = new ConcurrentStatsCounter();
    this.opener =
        workspace ->
            Caffeine.newBuilder()
                .maximumWeight(maxWeight)
                .weigher(weigher)
                .expireAfterWrite(lifetime)
                .ticker(ticker)
                .recordStats(() -> stats)
                // Entries are evicted in the calling thread, so that the weight is the true one.
                .executor(Runnable::run)
                .build();
    this.workspaces = Caffeine.newBuilder().expireAfterAccess(IDLE).ticker(ticker).build();
    countGets("hit", name, stats, CacheStats::hitCount, meters);
    countGets("miss", name, stats, CacheStats::missCount, meters);
    FunctionCounter.builder("cache.evictions", stats, all -> all.snapshot().evictionCount())
        .tag("cache", name)
        .register(meters);
    Gauge.builder("plumbline.cache.weight", this, FairCache::weight)
        .description("The weight of the entries of a cache that workspaces share")
        .tag("cache", name)
        .register(meters);
  }

  /** Counts under the names that Micrometer gives to single caches of Caffeine. */
  private static void countGets(
      String result,
      String name,
      ConcurrentStatsCounter stats,
      ToDoubleFunction<CacheStats> value,
      MeterRegistry meters) {
    FunctionCounter.builder("cache.gets", stats, all -> value.applyAsDouble(all.snapshot()))
        .tags("cache", name, "result", result)
        .register(meters);
  }

  /** Creates an empty cache whose entries are dropped only when there is no room for them. */
  public FairCache(String name, long maxWeight, Weigher<K, V> weigher, MeterRegistry meters) {
    this(name, maxWeight, weigher, Duration.ofDays(365), Ticker.systemTicker(), meters);
  }

  public Optional<V> find(UUID workspace, K key) {
    return Optional.ofNullable(of(workspace).getIfPresent(key));
  }

  /** Returns the entry, which one of the callers who ask for it at once loads if it is absent. */
  public V get(UUID workspace, K key, Function<K, V> load) {
    Cache<K, V> own = of(workspace);
    V cached = own.getIfPresent(key);
    if (cached != null) {
      return cached;
    }
    V loaded = Objects.requireNonNull(own.get(key, load));
    makeRoom();
    return loaded;
  }

  public void put(UUID workspace, K key, V value) {
    of(workspace).put(key, value);
    makeRoom();
  }

  public void remove(UUID workspace, K key) {
    of(workspace).invalidate(key);
  }

  public void removeIf(UUID workspace, Predicate<K> condition) {
    of(workspace).asMap().keySet().removeIf(condition);
  }

  /** Returns the weight of all entries. */
  public long weight() {
    return workspaces.asMap().values().stream().mapToLong(FairCache::weightOf).sum();
  }

  private Cache<K, V> of(UUID workspace) {
    return Objects.requireNonNull(workspaces.get(workspace, opener));
  }

  private void makeRoom() {
    if (weight() <= maxWeight) {
      return;
    }
    evicting.lock();
    try {
      long excess = weight() - maxWeight;
      while (excess > 0) {
        evictFromHeaviest(excess);
        excess = weight() - maxWeight;
      }
    } finally {
      evicting.unlock();
    }
  }

  /** Evicts from the heaviest workspace until it is no heavier than the next, or there is room. */
  private void evictFromHeaviest(long excess) {
    List<Cache<K, V>> heaviest =
        workspaces.asMap().values().stream()
            .sorted(Comparator.<Cache<K, V>>comparingLong(FairCache::weightOf).reversed())
            .limit(2)
            .toList();
    long weight = weightOf(heaviest.getFirst());
    long next = heaviest.size() == 1 ? 0 : weightOf(heaviest.getLast());
    Policy.Eviction<K, V> eviction = evictionOf(heaviest.getFirst());
    eviction.setMaximum(Math.max(0, Math.min(weight - 1, Math.max(weight - excess, next))));
    eviction.setMaximum(maxWeight);
  }

  private static long weightOf(Cache<?, ?> cache) {
    return evictionOf(cache).weightedSize().orElseThrow();
  }

  private static <K, V> Policy.Eviction<K, V> evictionOf(Cache<K, V> cache) {
    return cache.policy().eviction().orElseThrow();
  }
}
