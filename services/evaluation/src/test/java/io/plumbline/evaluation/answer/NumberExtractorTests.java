package io.plumbline.evaluation.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberExtractorTests {

  private static List<String> plain(String text) {
    return NumberExtractor.extractFrom(text).stream().map(BigDecimal::toPlainString).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "42 | 42",
        "-42 | -42",
        "−42 | -42",
        "$-1.50 | -1.50",
        "+7 | 7",
        "1,234,567.89 | 1234567.89",
        "1'234'567 | 1234567",
        "1 234\u00a0567 | 1;234567",
        "1_000 | 1000",
        "1,2,3 | 1;2;3",
        "1,2345 | 1;2345",
        "1234,567 | 1234;567",
        ".5 | 0.5",
        "1. | 1",
        "6.02e23 | 602000000000000000000000",
        "1.5E-3 | 0.0015",
        "1e−2 | 0.01",
        "2e | 2",
        "3-5 | 3;5",
        "A4 and x_2 | ''",
        "5km, 2nd | 5;2",
        "50% | 50",
        "1/3 | 1;3",
        "1,234.5.6 | 1234.5;0.6",
      })
  void numbers_are_read_as_english_writes_them(String text, String numbers) {
    assertThat(plain(text))
        .isEqualTo(numbers.isEmpty() ? List.of() : Arrays.asList(numbers.split(";")));
  }

  @Test
  void what_is_too_large_to_be_compared_is_no_number() {
    assertThat(plain("9e999999999 8e-999999999 " + "7".repeat(100_000) + " 5"))
        .containsExactly("5");
    assertThat(NumberExtractor.extractFrom("1e300")).hasSize(1);
  }
}
