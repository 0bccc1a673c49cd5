package io.plumbline.contracts;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;

/** An amount in one currency (ISO 4217 code). In JSON the amount is a decimal string. */
public record Money(
    @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount, String currency) {

  /**
   * The maximum number of digits: far more than money needs, and few enough to write out. A scale
   * of a billion would be a short text on the wire and a gigabyte of digits here.
   */
  private static final int MAX_DIGITS = 100;

  public Money {
    if (amount == null
        || (long) amount.precision() - Math.min(0, amount.scale()) > MAX_DIGITS
        || amount.scale() > MAX_DIGITS) {
      throw new IllegalArgumentException("An amount is a decimal number such as 12.50");
    }
    if (currency == null || !currency.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException("A currency is a three-letter ISO 4217 code");
    }
  }

  /**
   * Returns the amount as it is written in JSON: in digits, even where the decimal's own text has
   * an exponent. Because of its name, Jackson uses this method in place of the record component.
   */
  @JsonProperty
  public String getAmount() {
    return amount.toPlainString();
  }

  public static Money usd(BigDecimal amount) {
    return new Money(amount, "USD");
  }

  public static Money usd(String amount) {
    return usd(new BigDecimal(amount));
  }
}
