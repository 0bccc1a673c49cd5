package io.plumbline.modelregistry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.Money;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTests {

  @ParameterizedTest
  @CsvSource({"0.10, 0.1", "0.000, 0", "100, 100", "100000.00, 100000", "0.000000001, 0.000000001"})
  void equal_amounts_are_equal_prices_and_written_plainly(String given, String plain) {
    Price price = Price.of(Money.usd(given), "/inputPerMillion");
    assertThat(price).isEqualTo(new Price(new BigDecimal(plain), "USD"));
    assertThat(price.toMoney().amount().toPlainString()).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource({"-0.01", "100000.01", "0.0000000001"})
  void refuses_other_amounts_with_the_limits(String amount) {
    Problem problem =
        catchThrowableOfType(Problem.class, () -> Price.of(Money.usd(amount), "/inputPerMillion"));
    assertThat(problem.type()).isEqualTo(CommonProblem.INVALID);
    assertThat(String.valueOf(problem.body().getProperties()))
        .contains("/inputPerMillion", "must be an amount of 0 to 100000 with at most 9 decimals");
  }

  @Test
  void cannot_be_made_of_an_amount_that_is_not_allowed() {
    assertThatThrownBy(() -> new Price(new BigDecimal("-1"), "USD"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"EUR, USD, /cachedInputPerMillion", "USD, EUR, /outputPerMillion"})
  void all_prices_of_a_model_are_of_one_currency(String cached, String output, String pointer) {
    Problem problem =
        catchThrowableOfType(Problem.class, () -> new Prices(one("USD"), one(cached), one(output)));

    assertThat(String.valueOf(problem.body().getProperties()))
        .contains(pointer, "must be an amount of USD, the currency of inputPerMillion");
    assertThat(new Prices(one("EUR"), one("EUR"), one("EUR")).currency()).isEqualTo("EUR");
  }

  private static Price one(String currency) {
    return new Price(BigDecimal.ONE, currency);
  }
}
