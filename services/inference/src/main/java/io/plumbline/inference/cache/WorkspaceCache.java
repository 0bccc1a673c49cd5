package io.plumbline.inference.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache of one immutable value per workspace, loaded on first use and replaced as a whole. A
 * workspace that is not used for an hour is dropped, and no longer refreshed.
 *
 * <p>Only the request path may use it. A load takes a database connection, so a caller that has one
 * already must read the database with it instead.
 */
public final class WorkspaceCache<T> {

  private static final int MAX_WORKSPACES = 1_000;
  private static final Duration IDLE = Duration.ofHours(1);

  /** The shortest time between two loads that unknown names cause. */
  static final Duration MISS_INTERVAL = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(WorkspaceCache.class);

  private final Function<UUID, T> loader;
  private final Map<UUID, Long> changes = new ConcurrentHashMap<>();

  /** The workspaces whose values are older than the database, and are not loaded anew yet. */
  private final Set<UUID> outdated = ConcurrentHashMap.newKeySet();

  private final AtomicLong changeNumber = new AtomicLong();
  private final Cache<UUID, Boolean> misses;
  private final Cache<UUID, T> values =
      Caffeine.newBuilder()
          .maximumSize(MAX_WORKSPACES)
          .expireAfter(new IdleExpiry<T>())
          .recordStats()
          .build();

  WorkspaceCache(Function<UUID, T> loader, Ticker ticker) {
    this.loader = loader;
    this.misses =
        Caffeine.newBuilder()
            .maximumSize(MAX_WORKSPACES)
            .expireAfterWrite(MISS_INTERVAL)
            .ticker(ticker)
            .build();
  }

  /** Returns the value. Reads the database only on first use and after a change by this process. */
  public T get(UUID workspace) {
    T cached = values.getIfPresent(workspace);
    if (cached == null) {
      return reload(workspace);
    }
    Long change = changes.get(workspace);
    return change == null ? cached : reloadedAfterChange(workspace, cached, change);
  }

  /**
   * Returns the value after a change, loaded by the first caller that waits for it. While the
   * database is unavailable the former value stays; the next refresh replaces it.
   */
  private T reloadedAfterChange(UUID workspace, T former, Long change) {
    try {
      return Objects.requireNonNull(
          values
              .asMap()
              .compute(
                  workspace,
                  (id, before) -> {
                    if (before != null && !change.equals(changes.get(id))) {
                      return before;
                    }
                    T loaded = loader.apply(id);
                    changes.remove(id, change);
                    return loaded;
                  }));
    } catch (RuntimeException e) {
      log.warn(
          "A cache of workspace {} was not reloaded after a change. It keeps its former value until"
              + " the next refresh: {}",
          workspace,
          e.toString());
      return former;
    } finally {
      changes.remove(workspace, change);
    }
  }

  /** Marks the value as changed, so that its next use loads it. */
  void markChanged(UUID workspace) {
    changes.put(workspace, changeNumber.incrementAndGet());
  }

  /**
   * Returns what {@code pick} takes from the value. When it finds nothing, the value is loaded once
   * more, because what is missing may be newer than the cached value. Such loads are {@link
   * #MISS_INTERVAL} apart at least.
   */
  public <V> Optional<V> find(UUID workspace, Function<T, @Nullable V> pick) {
    V cached = pick.apply(get(workspace));
    if (cached != null) {
      return Optional.of(cached);
    }
    boolean loadedRecently = misses.asMap().putIfAbsent(workspace, true) != null;
    if (loadedRecently) {
      return Optional.empty();
    }
    return Optional.ofNullable(pick.apply(reload(workspace)));
  }

  /**
   * Loads the value anew, one load at a time: a load that started before a change must not replace
   * the result of a load that started after it.
   */
  public T reload(UUID workspace) {
    return Objects.requireNonNull(
        values.asMap().compute(workspace, (id, before) -> loader.apply(id)));
  }

  /** Marks the value as older than the database, so that {@link #refresh} loads it. */
  void markOutdated(UUID workspace) {
    outdated.add(workspace);
  }

  void markAllOutdated() {
    outdated.addAll(values.asMap().keySet());
  }

  /** Loads the outdated values that are in use. One that cannot be loaded stays outdated. */
  void refresh() {
    RuntimeException failure = null;
    for (UUID workspace : Set.copyOf(outdated)) {
      // Removed before the load: a change during the load marks the value again.
      outdated.remove(workspace);
      try {
        // computeIfPresent would not wait for a first load, which may have read the database before
        // the change.
        values.asMap().compute(workspace, (id, before) -> before == null ? null : loader.apply(id));
      } catch (RuntimeException e) {
        outdated.add(workspace);
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Returns the cache behind this one, for metrics. */
  Cache<UUID, T> caffeineCache() {
    return values;
  }

  /**
   * Drops an entry that was not read for {@link #IDLE}. With Caffeine's {@code expireAfterAccess}
   * the refresh would keep every workspace that was ever used.
   */
  private static final class IdleExpiry<T> implements Expiry<UUID, T> {

    @Override
    public long expireAfterCreate(UUID workspace, T value, long now) {
      return IDLE.toNanos();
    }

    @Override
    public long expireAfterUpdate(UUID workspace, T value, long now, long remaining) {
      return remaining;
    }

    @Override
    public long expireAfterRead(UUID workspace, T value, long now, long remaining) {
      return IDLE.toNanos();
    }
  }
}
