package io.plumbline.platform.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTests {

  @Test
  void the_character_nul_cannot_be_stored() {
    assertThat(StorableText.flaw("a\0b")).contains("contains the character U+0000; remove it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "a\ud83db", "\ude00", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
  void half_of_a_surrogate_pair_cannot_be_stored(String text) {
    assertThat(StorableText.flaw(text))
        .contains("contains half of a surrogate pair; send well-formed Unicode");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "größer → \ud83d\ude00", "\u0001\t\n", "\ud7ff\ue000"})
  void every_other_text_can_be_stored(String text) {
    assertThat(StorableText.flaw(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "1, a",
    "2, a",
    "3, a\ud83d\ude00",
    "4, a\ud83d\ude00b",
    "9, a\ud83d\ude00b"
  })
  void the_beginning_of_a_text_has_no_half_of_a_pair(int longest, String head) {
    assertThat(StorableText.truncate("a\ud83d\ude00b", longest)).isEqualTo(head);
  }

  @Test
  void one_line_has_one_space_for_breaks_of_any_kind() {
    assertThat(StorableText.oneLine(" a\r\n\u2028b\u200b\u0007 c ")).isEqualTo("a b c");
  }
}
