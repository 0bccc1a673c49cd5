package io.plumbline.inference;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What follows WHERE where a list or a sum is filtered. What is absent restricts nothing.
 *
 * @param parameters in the order of their places in {@code sql}
 */
public record Condition(String sql, List<Object> parameters) {

  public Condition {
    parameters = List.copyOf(parameters);
  }

  public static Condition in(UUID workspace) {
    return new Condition("workspace_id = ?", List.of(workspace));
  }

  /**
   * @param restriction with one place for the value
   */
  public Condition and(String restriction, @Nullable Object value) {
    return value == null
        ? this
        : new Condition(
            sql + " AND " + restriction,
            Stream.concat(parameters.stream(), Stream.of(value)).toList());
  }
}
