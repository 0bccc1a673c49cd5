package io.plumbline.evaluation.scorer;

import static io.plumbline.evaluation.scorer.Scores.contains;
import static io.plumbline.evaluation.scorer.Scores.containsReferences;
import static io.plumbline.evaluation.scorer.Scores.fields;
import static io.plumbline.evaluation.scorer.Scores.numeric;
import static io.plumbline.evaluation.scorer.Scores.references;
import static io.plumbline.evaluation.scorer.Scores.regex;
import static io.plumbline.evaluation.scorer.Scores.schema;
import static io.plumbline.evaluation.scorer.Scores.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.scorer.Scorer.Match;
import io.plumbline.evaluation.scorer.Scorer.Position;
import io.plumbline.items.Expected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which texts each scorer of an answer's text takes as right and as wrong. */
class TextScoringTests {

  private static final Scorer LABEL = Scorer.of(ScorerType.LABEL);
  private static final Scorer EXACT = Scorer.of(ScorerType.EXACT);
  private static final Scorer NORMALISED = Scorer.of(ScorerType.NORMALISED);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spam | 1",
        "' spam\n' | 1",
        "{\"label\": \"spam\"} | 1",
        "ham | 0",
        "Spam | 0",
        "{\"label\": 7} | 0",
        "{\"label\": | 0",
        "'' | 0",
      })
  void a_label_is_read_from_text_and_json(String answer, double expected) {
    assertThat(score(LABEL, Expected.ofLabel("spam"), answer).score()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Paris | 1",
        "'  Paris\n' | 1",
        "The city of Paris | 1",
        "paris | 0",
        "Paris. | 0",
        "'' | 0",
      })
  void an_exact_answer_is_one_of_the_references(String answer, double expected) {
    assertThat(score(EXACT, references("Paris", "The city of Paris"), answer).score())
        .isEqualTo(expected);
  }

  @Test
  void an_exact_answer_to_a_labelled_item_is_its_label() {
    assertThat(score(EXACT, Expected.ofLabel("spam"), "{\"label\": \"spam\"}").score()).isOne();
    assertThat(score(EXACT, Expected.ofLabel("spam"), "spam ").score()).isOne();
    assertThat(score(EXACT, Expected.ofLabel("spam"), "it is spam").score()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Saint-Denis, Réunion | 1",
        "saint denis  reunion | 0",
        "SAINT DENIS RÉUNION! | 1",
        "Ｓaint Denis Ré\u00adunion | 1",
        "Saint-Denis | 0",
        "'' | 0",
      })
  void a_normalised_answer_ignores_case_punctuation_and_white_space(
      String answer, double expected) {
    assertThat(score(NORMALISED, references("Saint-Denis (Réunion)"), answer).score())
        .isEqualTo(expected);
  }

  @Test
  void what_has_neither_letters_nor_digits_is_not_all_the_same() {
    assertThat(score(NORMALISED, references("?"), "!").score()).isZero();
    assertThat(score(NORMALISED, references("?"), " ? ").score()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "ALL, a refund within 14 days, 1",
    "ALL, a refund, 0",
    "ANY, a refund, 1",
    "ANY, nothing, 0"
  })
  void without_values_an_answer_contains_all_or_any_of_its_items_references(
      Match match, String answer, double expected) {
    assertThat(score(containsReferences(match), references("refund", "14 days"), answer).score())
        .isEqualTo(expected);
  }

  @Test
  void a_reason_gives_the_number_of_references_and_quotes_none() {
    assertThat(
            score(containsReferences(Match.ALL), references("refund", "14 days"), "refund")
                .reason())
        .isEqualTo("The answer contains 1 of 2 references.");
  }

  @ParameterizedTest
  @CsvSource({
    "ALL, refund within 14 days, 1",
    "ALL, refund, 0",
    "ALL, Refund within 14 days, 0",
    "ANY, refund, 1",
    "ANY, nothing, 0",
    "ANY, '', 0",
  })
  void an_answer_contains_all_or_any_of_the_values(Match match, String answer, double expected) {
    assertThat(score(contains(match, "refund", "14 days"), Expected.NOTHING, answer).score())
        .isEqualTo(expected);
  }

  @Test
  void a_reason_says_what_is_not_contained() {
    assertThat(score(contains(Match.ALL, "refund", "14 days"), Expected.NOTHING, "refund").reason())
        .isEqualTo("The answer does not contain “14 days”.");
  }

  @ParameterizedTest
  @CsvSource({
    "'Ticket ABC-123 is open', 1",
    "'abc-123', 0",
    "'ABC-12', 0",
    "'', 0",
  })
  void a_pattern_is_found_anywhere(String answer, double expected) {
    assertThat(score(regex("[A-Z]{3}-\\d{3}"), Expected.NOTHING, answer).score())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'The total is 1,234.50 USD.', 1",
    "'= 1234.5', 1",
    "'1.2345e3', 1",
    "'1.234,50', 0",
    "'1,234.5 of 2,000', 0",
    "'no number', 0",
    "'-1234.5', 0",
    "'', 0",
  })
  void the_last_number_is_compared_by_value(String answer, double expected) {
    assertThat(score(numeric(Position.LAST, 0, 0), references("1234.5"), answer).score())
        .isEqualTo(expected);
  }

  @Test
  void the_first_number_may_be_meant() {
    assertThat(score(numeric(Position.FIRST, 0, 0), references("5"), "5 of 8").score()).isOne();
    assertThat(score(numeric(Position.FIRST, 0, 0), references("8"), "5 of 8").score()).isZero();
  }

  @Test
  void a_number_is_right_within_the_larger_tolerance() {
    assertThat(score(numeric(Position.LAST, 0.5, 0), references("10"), "10.5").score()).isOne();
    assertThat(score(numeric(Position.LAST, 0.5, 0), references("10"), "10.51").score()).isZero();
    assertThat(score(numeric(Position.LAST, 0, 0.01), references("-200"), "-198").score()).isOne();
    assertThat(score(numeric(Position.LAST, 0, 0.01), references("-200"), "-197").score()).isZero();
    assertThat(score(numeric(Position.LAST, 5, 0.01), references("-200"), "-197").score()).isOne();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"total\": 3} | 1",
        "{\"total\": -1} | 0",
        "{} | 0",
        "[] | 0",
        "{\"total\": 3 | 0",
        "'```json\n{\"total\": 3}\n```' | 0",
        "'' | 0",
      })
  void an_answer_follows_a_schema(String answer, double expected) {
    Scorer scorer =
        schema(
            """
            {"type": "object", "required": ["total"], "properties": {"total": {"type": "integer", "minimum": 0}}}
            """);
    assertThat(score(scorer, Expected.NOTHING, answer).score()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"total\": 10.0, \"customer\": {\"name\": \"Ada\"}, \"note\": 1} | 1",
        "{\"total\": 1e1, \"customer\": {\"name\": \"ada\"}} | 0.6667",
        "{\"total\": 11, \"paid\": true} | 0",
        "{} | 0.3333",
        "[] | 0.3333",
        "7 | 0",
        "not JSON | 0",
        "'' | 0",
      })
  void fields_are_compared_by_value_and_count_by_their_share(String answer, double expected) {
    Score score =
        score(
            fields("/total", "/customer/name", "/paid"),
            references("{\"total\": 10, \"customer\": {\"name\": \"Ada\"}}"),
            answer);
    assertThat(score.score()).isCloseTo(expected, within(1e-4));
  }

  @Test
  void of_several_references_the_nearest_counts() {
    Score score =
        score(
            fields("/a", "/b"),
            references("{\"a\": 1, \"b\": 2}", "{\"a\": 1, \"b\": 3}", "no JSON"),
            "{\"a\": 1, \"b\": 3}");
    assertThat(score).isEqualTo(new Score(1, "2 of 2 fields agree."));
  }

  @Test
  void a_reason_says_which_fields_differ_and_not_what_was_expected() {
    assertThat(
            score(
                    fields("/secret", "/b"),
                    references("{\"secret\": \"tulip\", \"b\": 2}"),
                    "{\"secret\": 1, \"b\": 2}")
                .reason())
        .isEqualTo("1 of 2 fields agree; these do not: /secret.");
  }
}
