package io.plumbline.strategy.economics;

import io.plumbline.strategy.Approach;
import java.math.BigDecimal;

/**
 * A line of the cost model of one approach.
 *
 * @param monthly US dollars a month at the profile's lower volume, independent of the traffic
 * @param monthlyHigh US dollars a month at the profile's higher volume, which is more for costs
 *     that grow with use
 * @param perRequest US dollars for each request
 * @param source the source of the figure
 */
public record Line(
    Approach approach,
    CostCategory line,
    BigDecimal monthly,
    BigDecimal monthlyHigh,
    BigDecimal perRequest,
    String source) {

  static Line fixed(Approach approach, CostCategory line, String low, String high, String source) {
    return new Line(
        approach, line, new BigDecimal(low), new BigDecimal(high), BigDecimal.ZERO, source);
  }
}
