package io.plumbline.evaluation.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "spam | spam",
        "'  spam\n' | spam",
        "{\"answer\":\"spam\"} | spam",
        "{\"reason\":\"pills\",\"label\":\"spam\"} | spam",
        "{\"reason\":\"pills\",\"class\":\"spam\"} | null",
        "{\"label\":7} | null",
        "{} | null",
        "{\"label\": | null",
      })
  void an_answer_is_read_from_text_and_json(String content, String prediction) {
    assertThat(Prediction.of(content)).isEqualTo(prediction);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spam\0", "{\"label\": \"\\u0000\"}", "{\"label\": \"\\ud83d\"}"})
  void what_no_column_stores_is_no_answer(String content) {
    assertThat(Prediction.of(content)).isNull();
  }

  @Test
  void a_long_answer_is_cut_between_characters() {
    assertThat(Prediction.of("x".repeat(3_999) + "😀")).hasSize(3_999);
  }

  @Test
  void a_long_answer_is_cut() {
    assertThat(Prediction.of("x".repeat(5_000))).hasSize(4_000);
  }
}
