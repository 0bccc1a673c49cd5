package io.plumbline.contracts;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;

/** An amount in one currency (ISO 4217 code); the amount travels as a decimal string. */
public record Money(@JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount, String currency) {

  public Money {
    if (!currency.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException("A currency is a three-letter ISO 4217 code");
    }
  }

  public static Money usd(BigDecimal amount) {
    return new Money(amount, "USD");
  }

  public static Money usd(String amount) {
    return usd(new BigDecimal(amount));
  }
}
