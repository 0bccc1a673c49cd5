package io.plumbline.platform.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenHashesTests {

  private static TokenHashes units(String text) {
    return TokenHashes.of(NormalText.of(text), 1_000);
  }

  @Test
  void a_word_counts_as_two_ideographs_or_four_letters_of_a_script_without_spaces() {
    assertThat(units("please unblock my card").wordCount()).isEqualTo(4);
    assertThat(units("\u8bf7\u89e3\u51bb\u6211\u7684\u94f6\u884c\u5361").wordCount()).isEqualTo(4);
    assertThat(units("\u0e1a\u0e31\u0e15\u0e23\u0e2b\u0e32\u0e22").wordCount()).isEqualTo(1.5);
    assertThat(units("").wordCount()).isZero();
  }

  @Test
  void equal_words_are_equal_wherever_they_stand() {
    int[] hashes = units("to be or not to be").hashes();
    assertThat(hashes[4]).isEqualTo(hashes[0]);
    assertThat(hashes[5]).isEqualTo(hashes[1]);
  }

  @Test
  void a_shingle_is_worth_three_words() {
    assertThat(units("a b c d e").shingles()).hasSize(3);
    assertThat(units("\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b").shingles()).hasSize(3);
    assertThat(units("a b").shingles()).hasSize(1);
    assertThat(units("a b").shingles()).isNotEqualTo(units("b a").shingles());
    assertThat(units("").shingles()).isEmpty();
  }

  @Test
  void shingles_are_the_same_wherever_they_stand() {
    int[] shingles = units("x a b c y a b c").shingles();
    assertThat(shingles[5]).isEqualTo(shingles[1]);
    assertThat(shingles[2]).isNotEqualTo(shingles[1]);
  }

  @Test
  void further_units_are_left_out() {
    assertThat(TokenHashes.of(NormalText.of("a b c d"), 2).hashes())
        .isEqualTo(units("a b").hashes());
  }
}
