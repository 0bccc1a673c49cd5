package io.plumbline.inference.view;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** An immutable value per workspace, loaded when it is first asked for and replaced as a whole. */
public final class View<T> {

  private final Function<UUID, T> loader;
  private final Map<UUID, T> values = new ConcurrentHashMap<>();

  View(Function<UUID, T> loader) {
    this.loader = loader;
  }

  /** Touches the database only the first time. */
  public T of(UUID workspace) {
    T known = values.get(workspace);
    return known != null ? known : reload(workspace);
  }

  /** Reads anew: for who just learnt of something that the view does not hold yet. */
  public T reload(UUID workspace) {
    T fresh = loader.apply(workspace);
    values.put(workspace, fresh);
    return fresh;
  }

  void reloadAll() {
    values.keySet().forEach(this::reload);
  }
}
