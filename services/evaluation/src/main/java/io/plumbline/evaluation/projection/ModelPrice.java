package io.plumbline.evaluation.projection;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The price of a model.
 *
 * @param cachedInputPerMillion the price of input that the provider had cached; absent where it
 *     costs as much as other input
 */
public record ModelPrice(
    String model,
    BigDecimal inputPerMillion,
    @Nullable BigDecimal cachedInputPerMillion,
    BigDecimal outputPerMillion,
    String currency) {

  /** The decimals of a cost, which are those by which inference computes it. */
  private static final int SCALE = 12;

  /** Normalises the amounts, so that equal prices are equal whatever their trailing zeros. */
  public ModelPrice {
    inputPerMillion = inputPerMillion.stripTrailingZeros();
    cachedInputPerMillion =
        cachedInputPerMillion == null ? null : cachedInputPerMillion.stripTrailingZeros();
    outputPerMillion = outputPerMillion.stripTrailingZeros();
  }

  /**
   * Returns the cost of tokens.
   *
   * @param input the tokens of input, those that were cached included
   */
  public BigDecimal costOf(long input, long cachedInput, long output) {
    BigDecimal cached = Objects.requireNonNullElse(cachedInputPerMillion, inputPerMillion);
    return inputPerMillion
        .multiply(BigDecimal.valueOf(input - cachedInput))
        .add(cached.multiply(BigDecimal.valueOf(cachedInput)))
        .add(outputPerMillion.multiply(BigDecimal.valueOf(output)))
        .movePointLeft(6)
        .setScale(SCALE, RoundingMode.HALF_UP)
        .stripTrailingZeros();
  }
}
