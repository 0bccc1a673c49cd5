package io.plumbline.inference.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelledTextTests {

  private static boolean same(String text, String input) {
    return new LabelledText("1", text, "spam").matchesNormalised(input);
  }

  @Test
  void what_is_equal_after_normalisation_is_the_input_itself() {
    assertThat(same("Win money, now!", "win MONEY\n now")).isTrue();
    assertThat(same("Win mo\u200bney now", "win money now")).isTrue();
    assertThat(same("Win money", "win money now")).isFalse();
  }

  @Test
  void texts_without_words_are_compared_as_they_are() {
    assertThat(same("?!", "?!")).isTrue();
    assertThat(same("?!", "...")).isFalse();
  }
}
