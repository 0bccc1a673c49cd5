package io.plumbline.platform.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalTextTests {

  private static String normal(String text) {
    return NormalText.of(text).value();
  }

  @Test
  void case_punctuation_and_white_space_make_no_difference() {
    assertThat(normal("  Win\tMONEY,\u00a0now! ")).isEqualTo("win money now");
  }

  /**
   * The characters are taken from each range of Default_Ignorable_Code_Point, and from format
   * characters beyond them.
   */
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00ad, 0x034f, 0x061c, 0x115f, 0x1160, 0x17b4, 0x180b, 0x180e, 0x200b, 0x200c, 0x200d,
        0x200e, 0x200f, 0x202a, 0x202e, 0x2060, 0x2064, 0x2065, 0x2066, 0x2069, 0x206f, 0x3164,
        0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff0, 0xfffb, 0x1bca0, 0x1d173, 0xe0001, 0xe0061, 0xe0100,
        0xe01ef, 0xe0fff
      })
  void what_is_not_seen_is_not_there(int invisible) {
    String c = Character.toString(invisible);
    assertThat(normal(c + "pa" + c + "yment " + c + "failed" + c)).isEqualTo("payment failed");
  }

  @Test
  void an_accent_is_composed_with_its_letter_across_what_is_not_seen() {
    assertThat(normal("cafe\u200b\u0301")).isEqualTo("caf\u00e9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uff46\uff49\uff56\uff45 \uff15", // full width
        "\ud835\udc1f\ud835\udc22\ud835\udc2f\ud835\udc1e \ud835\udfd3", // mathematical bold
        "\ufb01ve \u2464", // a ligature, a number in a circle
        "\u24d5\u24d8\u24e5\u24d4 \u2075" // letters in circles, a number above the line
      })
  void compatibility_forms_are_what_they_stand_for(String text) {
    assertThat(normal(text)).isEqualTo("five 5");
  }

  @Test
  void case_is_folded_not_only_lowered() {
    assertThat(normal("STRASSE")).isEqualTo(normal("stra\u00dfe"));
    assertThat(normal("\u039f\u0394\u039f\u03a3")).isEqualTo(normal("\u03bf\u03b4\u03bf\u03c2"));
    assertThat(normal("\u017ftop")).isEqualTo("stop");
  }

  @Test
  void marks_stay_with_their_letter() {
    assertThat(normal("q\u0323uite")).isEqualTo("q\u0323uite");
    assertThat(normal("\u0928\u092e\u0938\u094d\u0924\u0947")).doesNotContain(" ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u6211\u60f3\u6362\u5361", // Han
        "\u304b\u306a\u3065\u304b\u3044", // Hiragana
        "\u30b3\u30fc\u30d2\u30fc", // Katakana, with marks of long vowels
        "\uff7a\uff70\uff8b\uff70", // half width
        "\u0e1a\u0e31\u0e15\u0e23\u0e2b\u0e32\u0e22", // Thai
        "\u0e9a\u0eb1\u0e94", // Lao
        "\u1780\u17b6\u178f", // Khmer
        "\u1000\u1010\u103a" // Myanmar
      })
  void where_words_are_not_separated_each_character_is_one(String text) {
    String normal = normal(text);
    long characters =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .codePoints()
            .filter(c -> Character.isLetter(c) && c != 0x30fc)
            .count();
    assertThat(normal.split(" ")).hasSize((int) characters);
    assertThat(normal(String.join(" ", text.split("(?=\\p{Lo})")))).isEqualTo(normal);
    assertThat(normal("say " + text + "please")).isEqualTo("say " + normal + " please");
  }

  @Test
  void words_of_other_scripts_are_whole() {
    assertThat(normal("\u043a\u0430\u0440\u0442\u0430 \u0628\u0637\u0627\u0642\u0629 \uce74\ub4dc"))
        .isEqualTo("\u043a\u0430\u0440\u0442\u0430 \u0628\u0637\u0627\u0642\u0629 \uce74\ub4dc");
  }

  @Test
  void pictographs_are_words_of_their_own_and_text_without_words_is_empty() {
    assertThat(normal("great\ud83d\ude00\ufe0f!")).isEqualTo("great \ud83d\ude00");
    assertThat(NormalText.of(" !?\u200b\u2014 ").isEmpty()).isTrue();
  }

  @Test
  void what_is_normal_stays_as_it_is() {
    String normal = normal("Stra\u00dfe \u0130stanbul \u6211\u60f3 \u0149 \ud83d\ude00 \ufb03");
    assertThat(normal(normal)).isEqualTo(normal);
  }
}
