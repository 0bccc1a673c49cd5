package io.plumbline.platform.web;

import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page is asked for: parameters {@code limit} (1 to 100, 50 when absent) and {@code
 * pageToken}.
 *
 * @param after the sort keys of the last row of the former page; absent on the first
 */
public record PageRequest(int limit, @Nullable List<String> after) {

  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 100;

  /**
   * The sort key of the last row of the former page, where rows are sorted by one.
   *
   * @param first on the first page
   * @throws Problem 400 when the token holds something that does not parse
   */
  public <T extends @Nullable Object> T after(Function<String, ? extends T> parse, T first) {
    if (after == null) {
      return first;
    }
    try {
      return parse.apply(after.getFirst());
    } catch (IllegalArgumentException e) {
      throw PageToken.invalid();
    }
  }

  /**
   * The same where rows are sorted by a name; empty, which sorts before every name, on the first
   * page.
   */
  public String afterName() {
    return after == null ? "" : after.getFirst();
  }

  /** How many rows to read: one more than the page shows tells whether there is another. */
  public int fetch() {
    return limit + 1;
  }
}
