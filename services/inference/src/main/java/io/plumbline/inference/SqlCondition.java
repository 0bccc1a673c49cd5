package io.plumbline.inference;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a WHERE clause that filters a list or a sum. An absent filter restricts nothing.
 *
 * @param parameters the values, in the order of their placeholders in {@code sql}
 */
public record SqlCondition(String sql, List<Object> parameters) {

  public SqlCondition {
    parameters = List.copyOf(parameters);
  }

  /** Returns the condition that rows belong to a workspace. */
  public static SqlCondition inWorkspace(UUID workspace) {
    return new SqlCondition("workspace_id = ?", List.of(workspace));
  }

  /**
   * Adds a restriction, unless its value is absent.
   *
   * @param restriction SQL with one placeholder for the value
   */
  public SqlCondition and(String restriction, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    return new SqlCondition(
        sql + " AND " + restriction, Stream.concat(parameters.stream(), Stream.of(value)).toList());
  }

  /**
   * Adds a restriction without a value.
   *
   * @param restriction SQL without a placeholder; absent for none
   */
  public SqlCondition and(@Nullable String restriction) {
    return restriction == null ? this : new SqlCondition(sql + " AND " + restriction, parameters);
  }
}
