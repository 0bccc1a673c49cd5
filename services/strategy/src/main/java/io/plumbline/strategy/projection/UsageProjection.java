package io.plumbline.strategy.projection;

import io.plumbline.contracts.Money;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The usage of an application so far. Its traffic is what called the application itself or came
 * with an API key; evaluation and its judges call variants.
 *
 * @param since the first day with any request
 * @param trafficRequests those of the requests that are traffic
 * @param fullDays whole days (UTC) of traffic: that of its first request and today are none
 * @param monthlyPace traffic in 30 days at the pace of the full days; absent before there are
 *     {@value #FULL_DAYS} of them, which have every day of a week
 * @param unpricedRequests those whose model has no known price, of which the costs have nothing
 * @param costs one amount of each currency, in the order of their codes: they are not added up
 */
public record UsageProjection(
    LocalDate since,
    long days,
    long requests,
    long trafficRequests,
    long fullDays,
    @Nullable Long monthlyPace,
    long errors,
    long inputTokens,
    long outputTokens,
    long unpricedRequests,
    List<Money> costs) {

  /** The least number of full days of traffic that a pace is computed from. */
  public static final int FULL_DAYS = 7;

  private static final double DAYS_OF_MONTH = 30;

  /**
   * @param requests of the full days
   * @return null when the days are too few
   */
  public static @Nullable Long monthlyPace(long requests, long fullDays) {
    return fullDays < FULL_DAYS ? null : Math.round(requests * DAYS_OF_MONTH / fullDays);
  }
}
