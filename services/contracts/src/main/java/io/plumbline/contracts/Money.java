package io.plumbline.contracts;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;

/** An amount in one currency (ISO 4217 code); the amount travels as a decimal string. */
public record Money(
    @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount, String currency) {

  /**
   * Far more than money needs, and few enough to be written out: a scale of a billion is a short
   * text and a gigabyte of digits.
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
   * The amount as it travels: in digits, also where a decimal's own text has an exponent. By this
   * name Jackson takes it in place of the component.
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
