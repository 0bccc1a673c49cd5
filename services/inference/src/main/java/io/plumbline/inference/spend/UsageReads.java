package io.plumbline.inference.spend;

import io.plumbline.contracts.Money;
import io.plumbline.inference.SqlCondition;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Adds up what was used, over minutes and by one dimension. */
@Component
class UsageReads {

  /** The most groups of an answer, which are those with the most requests. */
  static final int MAX_GROUPS = 500;

  /**
   * The usage of one group.
   *
   * @param name the name of the group; empty for calls without an API key, application or variant
   * @param unpriced the number of requests whose model has no known price
   * @param lastMinute the last minute in which something was used
   * @param costs one amount per currency, ordered by currency code
   */
  record Sum(
      String name,
      long requests,
      long errors,
      long cacheHits,
      Tokens tokens,
      long unpriced,
      Instant lastMinute,
      List<Money> costs) {}

  /**
   * The usage of all groups.
   *
   * @param groups the groups with the most requests first
   * @param total the number of groups, shown or not
   */
  record Sums(List<Sum> groups, long total) {}

  private final JdbcClient sql;

  UsageReads(JdbcClient sql) {
    this.sql = sql;
  }

  @Transactional(readOnly = true)
  public Sums sumBy(UsageGroup group, UsageFilter filter) {
    SqlCondition sqlCondition = filter.condition(Caller.current().workspace());
    List<Object> parameters = new ArrayList<>(sqlCondition.parameters());
    parameters.add(MAX_GROUPS);
    List<Sum> sums =
        sql.sql(
                """
                WITH used AS (
                  SELECT %s AS name, currency, sum(requests) AS requests, sum(errors) AS errors,
                    sum(cache_hits) AS cache_hits, sum(input_tokens) AS input_tokens,
                    sum(cached_input_tokens) AS cached_input_tokens, sum(output_tokens) AS output_tokens,
                    sum(reasoning_tokens) AS reasoning_tokens, sum(unpriced_requests) AS unpriced_requests,
                    max(minute) AS last_minute, sum(cost) AS cost
                  FROM usage_minute WHERE %s GROUP BY 1, 2
                )
                SELECT name, sum(requests) AS requests, sum(errors) AS errors, sum(cache_hits) AS cache_hits,
                  sum(input_tokens) AS input_tokens, sum(cached_input_tokens) AS cached_input_tokens,
                  sum(output_tokens) AS output_tokens, sum(reasoning_tokens) AS reasoning_tokens,
                  sum(unpriced_requests) AS unpriced_requests, max(last_minute) AS last_minute,
                  coalesce(array_agg(cost ORDER BY currency) FILTER (WHERE cost > 0), '{}') AS costs,
                  coalesce(array_agg(currency ORDER BY currency) FILTER (WHERE cost > 0), '{}') AS currencies
                FROM used GROUP BY name ORDER BY requests DESC, name LIMIT ?
                """
                    .formatted(group.column(), sqlCondition.sql()))
            .params(parameters)
            .query((row, index) -> toSum(row))
            .list();
    return new Sums(
        sums, sums.size() < MAX_GROUPS ? sums.size() : countGroups(group, sqlCondition));
  }

  private long countGroups(UsageGroup group, SqlCondition sqlCondition) {
    return sql.sql(
            "SELECT count(DISTINCT %s) FROM usage_minute WHERE %s"
                .formatted(group.column(), sqlCondition.sql()))
        .params(sqlCondition.parameters())
        .query(Long.class)
        .single();
  }

  private static Sum toSum(ResultSet row) throws SQLException {
    BigDecimal[] amounts = (BigDecimal[]) row.getArray("costs").getArray();
    List<String> currencies = Columns.texts(row, "currencies");
    List<Money> costs = new ArrayList<>();
    for (int i = 0; i < amounts.length; i++) {
      costs.add(new Money(amounts[i], currencies.get(i)));
    }
    return new Sum(
        row.getString("name"),
        row.getLong("requests"),
        row.getLong("errors"),
        row.getLong("cache_hits"),
        new Tokens(
            row.getLong("input_tokens"),
            row.getLong("cached_input_tokens"),
            row.getLong("output_tokens"),
            row.getLong("reasoning_tokens")),
        row.getLong("unpriced_requests"),
        Columns.instant(row, "last_minute"),
        List.copyOf(costs));
  }
}
