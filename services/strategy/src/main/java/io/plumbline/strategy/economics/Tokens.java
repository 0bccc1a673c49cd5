package io.plumbline.strategy.economics;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.math.BigDecimal;

/**
 * The tokens of a request and their prices.
 *
 * @param prompt tokens of instructions and examples
 * @param input tokens of the input itself
 * @param passages tokens that retrieval adds
 * @param inputPerMillion US dollars
 */
public record Tokens(
    @PositiveOrZero @Max(MOST) long prompt,
    @PositiveOrZero @Max(MOST) long input,
    @PositiveOrZero @Max(MOST) long passages,
    @PositiveOrZero @Max(MOST) long output,
    @NotNull @PositiveOrZero @DecimalMax("1000000") @Digits(integer = 7, fraction = 6)
        BigDecimal inputPerMillion,
    @NotNull @PositiveOrZero @DecimalMax("1000000") @Digits(integer = 7, fraction = 6)
        BigDecimal outputPerMillion) {

  static final long MOST = 10_000_000;

  /** 600 + 200 tokens in and 100 out: 0.3 cents a request. */
  public static final Tokens TYPICAL =
      new Tokens(600, 200, 800, 100, new BigDecimal("2.50"), new BigDecimal("10.00"));
}
