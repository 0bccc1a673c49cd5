package io.plumbline.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class MoneyTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void it_travels_as_a_decimal_string() {
    Money price = new Money(new BigDecimal("0.0000025"), "USD");

    assertThat(JSON.readValue(JSON.writeValueAsString(price), Money.class)).isEqualTo(price);
    assertThat(JSON.readTree(JSON.writeValueAsString(price)).get("amount").isString()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"5.8E-7, 0.00000058", "1E+3, 1000", "0E-9, 0.000000000", "-1E-10, -0.0000000001"})
  void its_amount_has_no_exponent_on_the_wire(BigDecimal amount, String written) {
    Money money = Money.usd(amount);

    assertThat(JSON.writeValueAsString(money))
        .isEqualTo("{\"amount\":\"%s\",\"currency\":\"USD\"}".formatted(written));
    assertThat(JSON.readValue(JSON.writeValueAsString(money), Money.class).amount())
        .isEqualByComparingTo(amount);
  }

  /** An amount that a caller may write must be one that every service can read. */
  @ParameterizedTest
  @ValueSource(strings = {"1E+99", "9E-100", "-1E+99", "0E+90"})
  void what_is_written_is_read(BigDecimal amount) {
    assertThat(JSON.readValue(JSON.writeValueAsString(Money.usd(amount)), Money.class).amount())
        .isEqualByComparingTo(amount);
  }

  /** These exponents are short texts of numbers with a billion digits. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "\"\"",
        "\" \"",
        "\"1e999999999\"",
        "\"1e100\"",
        "\"1e-999999999\"",
        "1e-999999999",
        "\"many\""
      })
  void it_holds_no_amount_that_cannot_be_written_out(String amount) {
    assertThatThrownBy(
            () -> JSON.readValue("{\"amount\":" + amount + ",\"currency\":\"USD\"}", Money.class))
        .isInstanceOf(JacksonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"usd\"", "\"DOLLAR\"", "\"\""})
  void it_holds_no_currency_but_by_its_code(String currency) {
    assertThatThrownBy(
            () -> JSON.readValue("{\"amount\":\"1\",\"currency\":" + currency + "}", Money.class))
        .isInstanceOf(JacksonException.class);
  }
}
