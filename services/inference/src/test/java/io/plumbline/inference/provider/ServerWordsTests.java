package io.plumbline.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerWordsTests {

  private final ServerWords words = new ServerWords("US");

  @Test
  void they_are_one_line_without_control_characters() {
    assertThat(words.fit(" Input\r\n\u0000should\u202e be\u2028'text'\ud800 ", ""))
        .isEqualTo("Input should be 'text'");
  }

  @Test
  void they_are_bounded_and_no_character_is_cut_in_two() {
    String long1 = "x".repeat(ServerWords.LONGEST - 1) + "\ud83d\ude00" + "x".repeat(10_000);

    assertThat(words.fit(long1, "")).isEqualTo("x".repeat(ServerWords.LONGEST - 1));
  }

  @Test
  void what_is_sensitive_is_masked_also_across_the_end() {
    assertThat(words.fit("Bad input 'mail ada@example.org'", ""))
        .isEqualTo("Bad input 'mail <EMAIL>'");
    assertThat(words.fit("x ".repeat(245) + "ada@example.org", "")).doesNotContain("ada@");
  }

  @Test
  void they_never_have_the_key() {
    assertThat(words.fit("The key open-sesame-1 is not known: open-sesame-1", "open-sesame-1"))
        .isEqualTo("The key <API_KEY> is not known: <API_KEY>");
  }
}
