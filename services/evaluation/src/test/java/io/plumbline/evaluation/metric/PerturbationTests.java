package io.plumbline.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PerturbationTests {

  @Test
  void strips_a_leading_block_of_headers() {
    assertThat(
            Perturbation.HEADERS_STRIPPED.apply(
                "From a@b Thu Aug 22\nSubject: Hi\nX-Long: one\n two\n\nDear Ada,\nCc: no header"))
        .isEqualTo("Dear Ada,\nCc: no header");
  }

  @Test
  void leaves_a_text_without_headers_or_body() {
    assertThat(Perturbation.HEADERS_STRIPPED.apply("Dear Ada,\nhow are you: fine?"))
        .isEqualTo("Dear Ada,\nhow are you: fine?");
    assertThat(Perturbation.HEADERS_STRIPPED.apply("Subject: only this"))
        .isEqualTo("Subject: only this");
  }

  @Test
  void halves_by_code_points() {
    assertThat(Perturbation.TRUNCATED.apply("ab\uD83D\uDE00\uD83D\uDE00")).isEqualTo("ab");
    assertThat(Perturbation.TRUNCATED.apply("a")).isEqualTo("a");
  }

  @Test
  void lowers_case_the_same_in_every_locale() {
    assertThat(Perturbation.LOWER_CASE.apply("TITLE I")).isEqualTo("title i");
  }
}
