package io.plumbline.platform.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads a table, the newest row first. Its primary key is a column of ids that grow with time. The
 * key is therefore the order, and no column of times needs an index.
 *
 * @param table the name of the table, never from a request
 * @param key the column of the ids, never from a request
 * @param id returns the key that the row mapper has read
 */
public record NewestFirstReader<T>(
    JdbcClient sql, String table, String key, RowMapper<T> row, Function<T, @Nullable UUID> id) {

  /** Creates a reader of a table whose key is its column {@code id}. */
  public NewestFirstReader(
      JdbcClient sql, String table, RowMapper<T> row, Function<T, @Nullable UUID> id) {
    this(sql, table, "id", row, id);
  }

  /**
   * Reads a page of the rows that fulfil a condition.
   *
   * @param condition the text after WHERE, never from a request
   * @throws io.plumbline.platform.problem.Problem 400 when the page token is not one of this list
   */
  public Page<T> page(PageRequest request, String condition, @Nullable Object... parameters) {
    List<@Nullable Object> all = new ArrayList<@Nullable Object>(Arrays.asList(parameters));
    all.add(request.afterId());
    all.add(request.fetchSize());
    List<T> rows =
        sql.sql(
                "SELECT * FROM "
                    + table
                    + " WHERE ("
                    + condition
                    + ") AND "
                    + key
                    + " < ? ORDER BY "
                    + key
                    + " DESC LIMIT ?")
            .params(all)
            .query(row)
            .list();
    return Page.of(
        rows,
        request,
        last -> List.of(String.valueOf(id.apply(last))),
        Page.countRows(sql, table + " WHERE " + condition, parameters));
  }

  /**
   * Finds the newest row that fulfils a condition.
   *
   * @param condition the text after WHERE, never from a request
   */
  public Optional<T> first(String condition, @Nullable Object... parameters) {
    return sql.sql(
            "SELECT * FROM " + table + " WHERE " + condition + " ORDER BY " + key + " DESC LIMIT 1")
        .params(Arrays.asList(parameters))
        .query(row)
        .optional();
  }
}
