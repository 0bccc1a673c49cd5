package io.plumbline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTests {

  @ParameterizedTest
  @CsvSource({
    "2 MiB, 2 * 1024 * 1024",
    "16 MiB, 16 << 20",
    "64 MiB, 64L << 20",
    "'200,000', 200_000",
    "5 min, Duration.ofMinutes(5)",
    "12 h, Duration.ofHours(12).toMillis()",
    "1%, 0.01",
    "5 s, Duration.ofSeconds(5)"
  })
  void a_value_of_the_page_is_that_of_an_expression(String shown, String expression) {
    assertThat(shown(shown).is(computed(expression))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2 MB, 2 * 1000 * 1000",
    "5 s, Duration.ofMinutes(5)",
    "5 min, Duration.ofSeconds(5)",
    "5, Duration.ofSeconds(5)",
    "21, 20",
    "64 KiB, 64L << 20"
  })
  void another_value_or_another_unit_is_noticed(String shown, String expression) {
    assertThat(shown(shown).is(computed(expression))).isFalse();
  }

  @Test
  void a_constant_has_the_value_of_the_one_that_it_names() {
    Quantity seven =
        Quantity.computed(
            "7 * DAYS", name -> new Quantity(BigDecimal.TWO, BigDecimal.TWO, Quantity.Kind.THINGS));

    assertThat(shown("14").is(seven)).isTrue();
  }

  private static Quantity shown(String text) {
    return Quantity.written(text).orElseThrow();
  }

  private static Quantity computed(String expression) {
    return Quantity.computed(
        expression,
        name -> {
          throw new AssertionError(name);
        });
  }
}
