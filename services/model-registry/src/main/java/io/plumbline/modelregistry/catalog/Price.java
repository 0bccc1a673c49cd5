package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.Money;
import io.plumbline.platform.problem.Problem;
import java.math.BigDecimal;

/**
 * The price of a million tokens. Equal amounts in one currency are equal prices, whatever their
 * trailing zeros.
 */
public record Price(BigDecimal perMillion, String currency) {

  private static final BigDecimal MAX = new BigDecimal("100000");
  private static final int MAX_DECIMALS = 9;

  /** The price 0. Its declaration must follow those of the limits, which the constructor reads. */
  public static final Price FREE = new Price(BigDecimal.ZERO, "USD");

  public Price {
    perMillion = perMillion.stripTrailingZeros();
    if (!isAllowed(perMillion)) {
      throw new IllegalArgumentException(perMillion + " is not a price");
    }
  }

  /**
   * Returns the price that a request gives as an amount of money.
   *
   * @param pointer the pointer to the amount in the request, for the problem
   * @throws Problem 400 for an amount that is no price
   */
  static Price of(Money amount, String pointer) {
    if (!isAllowed(amount.amount().stripTrailingZeros())) {
      throw Problem.invalid(pointer, "must be an amount of 0 to 100000 with at most 9 decimals");
    }
    return new Price(amount.amount(), amount.currency());
  }

  private static boolean isAllowed(BigDecimal amount) {
    return amount.signum() >= 0 && amount.compareTo(MAX) <= 0 && amount.scale() <= MAX_DECIMALS;
  }

  public Money toMoney() {
    return new Money(perMillion, currency);
  }
}
