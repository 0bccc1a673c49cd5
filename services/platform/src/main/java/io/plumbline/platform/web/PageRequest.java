package io.plumbline.platform.web;

import io.plumbline.platform.problem.Problem;
import java.time.DateTimeException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The requested page: parameters {@code limit} (1 to 100, 50 when absent) and {@code pageToken}.
 *
 * @param after the sort keys of the last row of the previous page; absent on the first
 */
public record PageRequest(int limit, @Nullable List<String> after) {

  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 100;

  private static final UUID ABOVE_EVERY_ID = new UUID(-1, -1);

  /**
   * Reads the sort keys of the last row of the previous page.
   *
   * @param keys the number of keys that the list sorts by
   * @param first the value for the first page
   * @throws Problem 400 when the token holds another number of keys, or one that does not parse
   */
  public <T extends @Nullable Object> T after(
      int keys, Function<List<String>, ? extends T> parse, T first) {
    if (after == null) {
      return first;
    }
    if (after.size() != keys) {
      throw PageToken.invalid();
    }
    try {
      return parse.apply(after);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw PageToken.invalid();
    }
  }

  /** Reads the sort key of a list that sorts by one. */
  public <T extends @Nullable Object> T after(Function<String, ? extends T> parse, T first) {
    return after(1, keys -> parse.apply(keys.getFirst()), first);
  }

  /** Reads a name as the sort key. On the first page it is empty, which sorts before every name. */
  public String afterName() {
    return after(Function.identity(), "");
  }

  /**
   * Reads an id as the sort key of a list that starts with the newest. On the first page it is
   * above every id.
   */
  public UUID afterId() {
    return after(UUID::fromString, ABOVE_EVERY_ID);
  }

  /**
   * Returns the number of rows to read: one more than the page shows, to see whether there is
   * another page.
   */
  public int fetchSize() {
    return limit + 1;
  }
}
