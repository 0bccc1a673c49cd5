package io.plumbline.evaluation.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.items.PassageReference;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassageMatcherTests {

  private static boolean has(
      String section, String text, @Nullable String wantedSection, @Nullable String quote) {
    return PassageMatcher.matches(
        Retrieved.passage(1, "fees.md", section, text),
        new PassageReference("fees.md", wantedSection, quote));
  }

  @Test
  void any_passage_of_a_document_has_a_reference_to_the_document() {
    assertThat(has("Fees > Late", "Pay.", null, null)).isTrue();
    assertThat(
            PassageMatcher.matches(
                Retrieved.passage(1, "other.md", "", "Pay."),
                new PassageReference("fees.md", null, null)))
        .isFalse();
  }

  @Test
  void a_section_is_any_of_the_headings_as_a_whole() {
    assertThat(has("Fees > Late  payment", "", "late payment", null)).isTrue();
    assertThat(has("Fees > Late payment", "", "FEES", null)).isTrue();
    assertThat(has("Fees > Late payment", "", "Late", null)).isFalse();
    assertThat(has("", "", "Late", null)).isFalse();
    assertThat(has("If a > b > Else", "", "If a > b", null)).isTrue();
  }

  @Test
  void a_quote_is_found_whatever_its_case_and_white_space() {
    assertThat(has("", "It takes\n  14 days, at most.", null, "takes 14 DAYS")).isTrue();
    assertThat(has("", "It takes 14 weeks.", null, "takes 14 days, at most")).isFalse();
  }

  @Test
  void half_of_the_words_in_a_row_will_do_where_a_document_is_divided_within_the_quote() {
    String quote = "one two three four five";
    assertThat(has("", "three four five six", null, quote)).isTrue();
    assertThat(has("", "four five six", null, quote)).isFalse();
    assertThat(has("", "one two and three four", null, quote)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "refunds, We make refunds.",
    "14 days, It takes 14 days.",
    "within 14 days, It takes within 14 days.",
    "within 14 working days, 14 working days at most",
    "within 14 working days, within 14 working"
  })
  void all_of_up_to_three_words_or_three_in_a_row_are_found(String quote, String text) {
    assertThat(has("", text, null, quote)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "refunds, We make returns.",
    "14 days, It takes some days.",
    "within 14 days, It takes 14 days.",
    "within 14 working days, It takes 14 working hours.",
    "within 14 working days, It takes some working days."
  })
  void fewer_than_three_words_in_a_row_are_no_part_of_a_quote(String quote, String text) {
    assertThat(has("", text, null, quote)).isFalse();
  }

  @Test
  void a_long_quote_is_looked_for_by_its_beginning() {
    String quote = "word ".repeat(100_000) + "end";
    assertThat(has("", "word ".repeat(PassageMatcher.MAX_WORDS / 2), null, quote)).isTrue();
    assertThat(has("", "word ".repeat(PassageMatcher.MAX_WORDS / 2 - 1), null, quote)).isFalse();
  }

  @Test
  void section_and_quote_are_both_needed_where_both_are_given() {
    assertThat(has("Fees", "It takes 14 days.", "Fees", "14 days")).isTrue();
    assertThat(has("Other", "It takes 14 days.", "Fees", "14 days")).isFalse();
    assertThat(has("Fees", "It takes a week.", "Fees", "14 days")).isFalse();
  }

  @Test
  void the_numbers_of_what_was_retrieved_and_any_reference_names() {
    ModelAnswer answer = Retrieved.documents("fees.md", "other.md", "late.md");

    assertThat(
            answer.relevantPassageNumbers(
                List.of(
                    new PassageReference("late.md", null, null),
                    new PassageReference("fees.md", null, null))))
        .containsExactly(1, 3);
    assertThat(answer.relevantPassageNumbers(List.of())).isEmpty();
  }
}
