package io.plumbline.strategy.economics;

import io.plumbline.strategy.Approach;
import java.math.BigDecimal;

/**
 * One line of one approach.
 *
 * @param monthly US dollars a month at the profile's lower volume, whatever the traffic
 * @param monthlyHigh the same at the profile's higher volume, where upkeep grows with use
 * @param perRequest US dollars for each request
 * @param source where the figure comes from
 */
public record Line(
    Approach approach,
    CostLine line,
    BigDecimal monthly,
    BigDecimal monthlyHigh,
    BigDecimal perRequest,
    String source) {

  static Line fixed(Approach approach, CostLine line, String low, String high, String source) {
    return new Line(
        approach, line, new BigDecimal(low), new BigDecimal(high), BigDecimal.ZERO, source);
  }
}
