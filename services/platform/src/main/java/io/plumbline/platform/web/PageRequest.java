package io.plumbline.platform.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which page is asked for: parameters {@code limit} (1 to 100, 50 when absent) and {@code pageToken}.
 *
 * @param after the sort keys of the last row of the former page; absent on the first
 */
public record PageRequest(int limit, @Nullable List<String> after) {

  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 100;

  /** How many rows to read: one more than the page shows tells whether there is another. */
  public int fetch() {
    return limit + 1;
  }
}
