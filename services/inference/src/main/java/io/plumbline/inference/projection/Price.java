package io.plumbline.inference.projection;

import io.plumbline.contracts.Money;
import io.plumbline.inference.usage.Tokens;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The price of a million tokens.
 *
 * @param cachedInputPerMillion the price of input that the provider had cached; absent where it
 *     costs as much as other input
 */
public record Price(
    BigDecimal inputPerMillion,
    @Nullable BigDecimal cachedInputPerMillion,
    BigDecimal outputPerMillion,
    String currency) {

  private static final int SCALE = 12;

  public Money costOf(Tokens tokens) {
    BigDecimal cached = Objects.requireNonNullElse(cachedInputPerMillion, inputPerMillion);
    BigDecimal sum =
        inputPerMillion
            .multiply(BigDecimal.valueOf(tokens.input() - tokens.cachedInput()))
            .add(cached.multiply(BigDecimal.valueOf(tokens.cachedInput())))
            .add(outputPerMillion.multiply(BigDecimal.valueOf(tokens.output())));
    BigDecimal cost =
        sum.movePointLeft(6).setScale(SCALE, RoundingMode.HALF_UP).stripTrailingZeros();
    return new Money(cost.setScale(Math.max(0, cost.scale()), RoundingMode.UNNECESSARY), currency);
  }
}
