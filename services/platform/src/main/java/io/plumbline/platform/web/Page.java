package io.plumbline.platform.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextPageToken opaque; absent on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextPageToken, Total total) {

  /** How many there are in all; beyond {@link #COUNT_LIMIT} only a lower bound is known. */
  @Schema(name = "PageTotal")
  public record Total(long value, boolean exact) {

    public static final int COUNT_LIMIT = 10_000;

    /**
     * @param counted what {@code SELECT count(*) FROM (… LIMIT 10001)} gave
     */
    public static Total counted(long counted) {
      return new Total(Math.min(counted, COUNT_LIMIT), counted <= COUNT_LIMIT);
    }
  }

  /**
   * @param rows what was read with {@code LIMIT request.fetch()}: one more than a page shows
   * @param keys the sort keys of a row, as text, in the order of the sort
   */
  public static <T> Page<T> of(
      List<T> rows, PageRequest request, Function<T, List<String>> keys, long counted) {
    boolean more = rows.size() > request.limit();
    List<T> items = more ? rows.subList(0, request.limit()) : rows;
    String next = more ? PageToken.encode(keys.apply(items.getLast())) : null;
    return new Page<>(List.copyOf(items), next, Total.counted(counted));
  }

  /** A list that is always short enough to be one page. */
  public static <T> Page<T> whole(List<T> items) {
    return new Page<>(List.copyOf(items), null, new Total(items.size(), true));
  }
}
