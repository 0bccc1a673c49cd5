package io.plumbline.inference.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable value per workspace, loaded on first use and replaced as a whole. A workspace that
 * is not used for an hour is dropped, and no longer refreshed.
 */
public final class WorkspaceCache<T> {

  private static final int MAX_WORKSPACES = 1_000;
  private static final Duration IDLE = Duration.ofHours(1);

  private final Function<UUID, T> loader;
  private final Cache<UUID, T> values =
      Caffeine.newBuilder()
          .maximumSize(MAX_WORKSPACES)
          .expireAfter(new IdleExpiry<T>())
          .recordStats()
          .build();

  WorkspaceCache(Function<UUID, T> loader) {
    this.loader = loader;
  }

  /** Reads the database only the first time. */
  public T get(UUID workspace) {
    T cached = values.getIfPresent(workspace);
    return cached != null ? cached : reload(workspace);
  }

  /**
   * What {@code pick} takes from the value. When it finds nothing the value is loaded once more:
   * the change may be newer than the cached value.
   */
  public <V> Optional<V> find(UUID workspace, Function<T, @Nullable V> pick) {
    V cached = pick.apply(get(workspace));
    return Optional.ofNullable(cached != null ? cached : pick.apply(reload(workspace)));
  }

  /**
   * Loads the value anew, one load at a time: a load that started before a change must not replace
   * the result of a load that started after it.
   */
  public T reload(UUID workspace) {
    return Objects.requireNonNull(
        values.asMap().compute(workspace, (id, before) -> loader.apply(id)));
  }

  void reloadAll() {
    values
        .asMap()
        .keySet()
        .forEach(workspace ->
            values.asMap().computeIfPresent(workspace, (id, before) -> loader.apply(id)));
  }

  /** For metrics. */
  Cache<UUID, T> store() {
    return values;
  }

  /**
   * Only a read keeps an entry: with Caffeine's {@code expireAfterAccess} the refresh would keep
   * every workspace that was ever used.
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
