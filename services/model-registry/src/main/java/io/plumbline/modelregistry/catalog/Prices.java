package io.plumbline.modelregistry.catalog;

import io.plumbline.platform.problem.Problem;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The prices of a model, in one currency: amounts of two currencies cannot be added.
 *
 * @param cachedInput the price of input that the provider had cached; absent when it costs as much
 *     as other input
 */
public record Prices(Price input, @Nullable Price cachedInput, Price output) {

  public static final Prices FREE = new Prices(Price.FREE, null, Price.FREE);

  /**
   * Checks that the prices have one currency.
   *
   * @throws Problem 400 naming the price of another currency than that of input
   */
  public Prices {
    String currency = input.currency();
    if (!output.currency().equals(currency)) {
      throw otherCurrencyProblem("/outputPerMillion", currency);
    }
    if (cachedInput != null && !cachedInput.currency().equals(currency)) {
      throw otherCurrencyProblem("/cachedInputPerMillion", currency);
    }
  }

  /** Returns the prices of amounts in one currency. */
  static Prices of(
      BigDecimal input, @Nullable BigDecimal cachedInput, BigDecimal output, String currency) {
    return new Prices(
        new Price(input, currency),
        cachedInput == null ? null : new Price(cachedInput, currency),
        new Price(output, currency));
  }

  private static Problem otherCurrencyProblem(String pointer, String currency) {
    return Problem.invalid(
        pointer, "must be an amount of %s, the currency of inputPerMillion".formatted(currency));
  }

  String currency() {
    return input.currency();
  }
}
