package io.plumbline.strategy.projection;

import io.plumbline.contracts.Money;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The usage of an application so far. Its traffic consists of the requests that called the
 * application itself or came with an API key; evaluation and its judges call variants instead.
 *
 * @param since the first day with any request
 * @param trafficRequests the number of requests that are traffic
 * @param fullDays the number of whole days (UTC) of traffic; the day of the first such request and
 *     today do not count
 * @param monthlyPace the traffic in 30 days at the rate of the full days; absent before there are
 *     {@value #FULL_DAYS} of them, which include every day of a week
 * @param unpricedRequests the number of requests whose model has no known price, and which the
 *     costs do not include
 * @param costs one amount for each currency, in the order of their codes; they are not added up
 */
public record Usage(
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

  /** The minimum number of full days of traffic that a monthly rate is computed from. */
  public static final int FULL_DAYS = 7;

  private static final double DAYS_OF_MONTH = 30;

  /**
   * Extrapolates the traffic to 30 days.
   *
   * @param requests the traffic of the full days
   * @return the requests in 30 days; null if there are too few full days
   */
  public static @Nullable Long monthlyPace(long requests, long fullDays) {
    return fullDays < FULL_DAYS ? null : Math.round(requests * DAYS_OF_MONTH / fullDays);
  }
}
