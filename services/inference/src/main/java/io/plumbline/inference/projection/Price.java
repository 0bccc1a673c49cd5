package io.plumbline.inference.projection;

import io.plumbline.contracts.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a million tokens cost. */
public record Price(BigDecimal inputPerMillion, BigDecimal outputPerMillion, String currency) {

  private static final int SCALE = 12;

  public Money of(long inputTokens, long outputTokens) {
    BigDecimal sum =
        inputPerMillion
            .multiply(BigDecimal.valueOf(inputTokens))
            .add(outputPerMillion.multiply(BigDecimal.valueOf(outputTokens)));
    BigDecimal cost =
        sum.movePointLeft(6).setScale(SCALE, RoundingMode.HALF_UP).stripTrailingZeros();
    return new Money(
        cost.scale() < 0 ? cost.setScale(0, RoundingMode.UNNECESSARY) : cost, currency);
  }
}
