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
 * @param prompt the tokens of instructions and examples
 * @param input the tokens of the input itself
 * @param passages the tokens that retrieval adds
 * @param inputPerMillion the price of a million input tokens in US dollars
 * @param outputPerMillion the price of a million output tokens in US dollars
 */
public record Tokens(
    @PositiveOrZero @Max(MAX_TOKENS) long prompt,
    @PositiveOrZero @Max(MAX_TOKENS) long input,
    @PositiveOrZero @Max(MAX_TOKENS) long passages,
    @PositiveOrZero @Max(MAX_TOKENS) long output,
    @NotNull @PositiveOrZero @DecimalMax("1000000") @Digits(integer = 7, fraction = 6)
        BigDecimal inputPerMillion,
    @NotNull @PositiveOrZero @DecimalMax("1000000") @Digits(integer = 7, fraction = 6)
        BigDecimal outputPerMillion) {

  static final long MAX_TOKENS = 10_000_000;

  /** A typical request: 600 + 200 tokens in and 100 out, which cost 0.3 cents. */
  public static final Tokens TYPICAL =
      new Tokens(600, 200, 800, 100, new BigDecimal("2.50"), new BigDecimal("10.00"));
}
