package io.plumbline.platform.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One page of a list.
 *
 * @param nextPageToken the opaque token of the next page; absent on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextPageToken, Total total) {

  /**
   * The number of items of the whole list. Beyond {@link #COUNT_LIMIT} only a lower bound is known.
   */
  @Schema(name = "PageTotal")
  public record Total(long value, boolean exact) {

    public static final int COUNT_LIMIT = 10_000;

    /**
     * Returns the total for a count.
     *
     * @param counted the result of {@link Page#countRows}
     */
    public static Total counted(long counted) {
      return new Total(Math.min(counted, COUNT_LIMIT), counted <= COUNT_LIMIT);
    }
  }

  /**
   * Returns the page that the rows begin with.
   *
   * @param rows the rows that were read with {@code LIMIT request.fetch()}, one more than the page
   *     shows
   * @param keys returns the sort keys of a row as text, in the order of the sort
   */
  public static <T> Page<T> of(
      List<T> rows, PageRequest request, Function<T, List<String>> keys, long counted) {
    boolean more = rows.size() > request.limit();
    List<T> items = more ? rows.subList(0, request.limit()) : rows;
    String next = more ? PageToken.encode(keys.apply(items.getLast())) : null;
    return new Page<>(List.copyOf(items), next, Total.counted(counted));
  }

  /**
   * Counts rows for a total, up to one beyond {@link Total#COUNT_LIMIT}.
   *
   * @param from the text after FROM, with its conditions
   */
  public static long countRows(JdbcClient sql, String from, @Nullable Object... parameters) {
    return sql.sql(
            "SELECT count(*) FROM (SELECT 1 FROM "
                + from
                + " LIMIT "
                + (Total.COUNT_LIMIT + 1)
                + ") counted")
        .params(Arrays.asList(parameters))
        .query(Long.class)
        .single();
  }

  /** Returns a list that is always short enough to be one page. */
  public static <T> Page<T> ofSinglePage(List<T> items) {
    return new Page<>(List.copyOf(items), null, new Total(items.size(), true));
  }

  /** Returns the same page with each item mapped. */
  public <R> Page<R> map(Function<T, R> mapping) {
    return withItems(items.stream().map(mapping).toList());
  }

  /** Returns the same page with other items, which are read together for all of this page's. */
  public <R> Page<R> withItems(List<R> others) {
    return new Page<>(others, nextPageToken, total);
  }
}
