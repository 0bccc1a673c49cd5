package io.plumbline.evaluation.run.turn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorTextRedactorTests {

  @Test
  void words_of_errors_are_not_shown_of_sealed_items() {
    assertThat(
            ErrorTextRedactor.withoutErrorText(
                "64 of 130 answered; 2 got no answer, the last: 400 Bad 'win'"))
        .isEqualTo("64 of 130 answered; 2 got no answer, the last: 400, whose words are hidden");
    assertThat(
            ErrorTextRedactor.withoutErrorText(
                "More than 6 of 130 items got no answer; the last: No answer after 12 attempts:"
                    + " 502 m said: win; the last: money"))
        .isEqualTo("More than 6 of 130 items got no answer; the last: 502, whose words are hidden");
    assertThat(
            ErrorTextRedactor.withoutErrorText(
                "No answer at present; the last error: Not\nread: win"))
        .isEqualTo("No answer at present; the last error: an error, whose words are hidden");
    assertThat(
            ErrorTextRedactor.withoutErrorText("The run stopped with an error: Unexpected 'win'"))
        .isEqualTo("The run stopped with an error: an error, whose words are hidden");
  }

  @Test
  void counts_and_reasons_of_the_platform_are_shown() {
    assertThat(ErrorTextRedactor.withoutErrorText("64 of 130 answered"))
        .isEqualTo("64 of 130 answered");
    assertThat(ErrorTextRedactor.withoutErrorText("Leaking items: 100 of 100 items"))
        .isEqualTo("Leaking items: 100 of 100 items");
    assertThat(ErrorTextRedactor.withoutErrorText(null)).isNull();
  }
}
