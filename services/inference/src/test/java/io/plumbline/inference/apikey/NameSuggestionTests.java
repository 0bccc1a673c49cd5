package io.plumbline.inference.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameSuggestionTests {

  private static final List<String> KNOWN =
      List.of("app/bike-support", "app/mail", "local/choice-minilm");

  @ParameterizedTest
  @CsvSource({
    "bike-support, app/bike-support",
    "app/bike-suport, app/bike-support",
    "app/mial, app/mail",
    "gpt-4o, ",
    "x, ",
    "app/entirely-else, "
  })
  void a_name_is_meant_that_lacks_its_prefix_or_few_letters(String written, String meant) {
    assertThat(NameSuggestion.of(written, KNOWN).orElse(null)).isEqualTo(meant);
  }

  @Test
  void there_may_be_none() {
    assertThat(NameSuggestion.of("app/mail", List.of())).isEmpty();
  }
}
