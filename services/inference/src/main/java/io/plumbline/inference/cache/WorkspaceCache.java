package io.plumbline.inference.cache;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An immutable value per workspace, loaded when it is first asked for and replaced as a whole. */
public final class WorkspaceCache<T> {

  private final Function<UUID, T> loader;
  private final Map<UUID, T> values = new ConcurrentHashMap<>();

  WorkspaceCache(Function<UUID, T> loader) {
    this.loader = loader;
  }

  /** Touches the database only the first time. */
  public T of(UUID workspace) {
    T known = values.get(workspace);
    return known != null ? known : reload(workspace);
  }

  /**
   * What {@code pick} takes from the value; the database is asked once more before the answer is
   * no, for what became known a moment ago.
   */
  public <V> Optional<V> find(UUID workspace, Function<T, @Nullable V> pick) {
    V known = pick.apply(of(workspace));
    return Optional.ofNullable(known != null ? known : pick.apply(reload(workspace)));
  }

  /**
   * Reads anew, one after another: what was read before a change must not take the place of what
   * was read after it.
   */
  public T reload(UUID workspace) {
    return values.compute(workspace, (id, before) -> loader.apply(id));
  }

  void reloadAll() {
    values.keySet().forEach(this::reload);
  }
}
