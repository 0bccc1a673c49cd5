package io.plumbline.strategy.projection;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The traffic of an application so far.
 *
 * @param since the first day with traffic
 */
public record UsageProjection(
    LocalDate since,
    long days,
    long requests,
    long errors,
    long inputTokens,
    long outputTokens,
    BigDecimal cost) {

  /** Requests in 30 days at the pace measured so far. */
  public long monthlyPace() {
    return Math.round(requests * 30.0 / Math.max(1, days));
  }
}
