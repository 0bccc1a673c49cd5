package io.plumbline.platform.projection;

import io.plumbline.contracts.Event;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * A place in events of one type: names of components, or of methods without parameters, that lead
 * from one record to the next, such as {@code cost.amount}. In a map the name is a key.
 */
public final class EventPath {

  private final List<String> names;

  /**
   * @param text the names, separated by dots; empty for the event itself
   * @throws IllegalArgumentException when events of the type have no component of the first name
   */
  public EventPath(Class<? extends Event> event, String text) {
    this.names = text.isEmpty() ? List.of() : List.of(text.split("\\."));
    if (!names.isEmpty() && accessor(event, names.getFirst()) == null) {
      throw new IllegalArgumentException(
          event.getSimpleName() + " has no component '" + names.getFirst() + "'");
    }
  }

  /** Returns the value at this place; null when it, or a record on the way to it, is absent. */
  public @Nullable Object valueIn(Event event) {
    @Nullable Object value = event;
    for (String name : names) {
      if (value == null) {
        return null;
      }
      if (value instanceof Map<?, ?> map) {
        value = map.get(name);
      } else {
        Method accessor = accessor(value.getClass(), name);
        if (accessor == null) {
          throw new IllegalStateException(value.getClass() + " has no component " + name);
        }
        value = ReflectionUtils.invokeMethod(accessor, value);
      }
    }
    return value;
  }

  private static @Nullable Method accessor(Class<?> type, String name) {
    return ReflectionUtils.findMethod(type, name);
  }
}
