package io.plumbline.strategy.projection;

import io.plumbline.contracts.Money;
import java.time.LocalDate;
import java.util.List;

/**
 * The traffic of an application so far.
 *
 * @param since the first day with traffic
 * @param unpricedRequests those whose model has no known price, of which the costs have nothing
 * @param costs one amount of each currency, in the order of their codes: they are not added up
 */
public record UsageProjection(
    LocalDate since,
    long days,
    long requests,
    long errors,
    long inputTokens,
    long outputTokens,
    long unpricedRequests,
    List<Money> costs) {

  /** Requests in 30 days at the pace measured so far. */
  public long monthlyPace() {
    return Math.round(requests * 30.0 / Math.max(1, days));
  }
}
