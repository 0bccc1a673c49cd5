package io.plumbline.inference.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Money;
import io.plumbline.inference.usage.Tokens;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class PriceTests {

  /** The price of gpt-4o in OpenAI's list of 2024: 2.50 and 10.00 USD per million tokens. */
  private static final Price GPT_4O =
      new Price(new BigDecimal("2.50"), new BigDecimal("1.25"), new BigDecimal("10.00"), "USD");

  @Test
  void input_and_output_tokens_are_added_up() {
    assertThat(GPT_4O.costOf(Tokens.of(1_000, 500))).isEqualTo(Money.usd("0.0075"));
  }

  @Test
  void a_million_tokens_cost_the_price() {
    assertThat(GPT_4O.costOf(Tokens.of(1_000_000, 0))).isEqualTo(Money.usd("2.5"));
  }

  @Test
  void the_cost_of_one_token_is_exact() {
    assertThat(GPT_4O.costOf(Tokens.of(1, 0))).isEqualTo(Money.usd("0.0000025"));
  }

  /** Prices 600 tokens at 2.50, 400 at 1.25 and 500, reasoning included, at 10.00. */
  @Test
  void cached_input_has_a_price_of_its_own_and_reasoning_that_of_output() {
    assertThat(GPT_4O.costOf(new Tokens(1_000, 400, 500, 300))).isEqualTo(Money.usd("0.007"));
  }

  @Test
  void cached_input_without_a_price_costs_as_much_as_other_input() {
    Price price = new Price(new BigDecimal("2.50"), null, BigDecimal.ZERO, "EUR");

    assertThat(price.costOf(new Tokens(1_000, 400, 0, 0)))
        .isEqualTo(new Money(new BigDecimal("0.0025"), "EUR"));
  }

  @Test
  void a_provider_cannot_have_cached_more_than_it_was_sent() {
    assertThat(new Tokens(10, 99, 5, 99)).isEqualTo(new Tokens(10, 10, 5, 5));
  }

  @Test
  void large_amounts_have_no_exponent() {
    assertThat(GPT_4O.costOf(Tokens.of(0, 10_000_000))).isEqualTo(Money.usd("100"));
  }

  @Test
  void fractions_beyond_twelve_digits_are_rounded_half_up() {
    Price price = new Price(new BigDecimal("0.0000015"), null, BigDecimal.ZERO, "EUR");

    assertThat(price.costOf(Tokens.of(1, 0)))
        .isEqualTo(new Money(new BigDecimal("0.000000000002"), "EUR"));
  }
}
