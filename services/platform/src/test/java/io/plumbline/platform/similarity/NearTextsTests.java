package io.plumbline.platform.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearTextsTests {

  private static final String ITEM =
      "My card payment was declined twice this morning although there is enough money left";

  private static final String CHINESE =
      "\u6211\u4eca\u5929\u65e9\u4e0a\u7528\u94f6\u884c\u5361\u4ed8\u6b3e\u4e24\u6b21\u90fd\u88ab"
          + "\u62d2\u7edd\u4e86\u4f46\u662f\u8d26\u6237\u91cc\u8fd8\u6709\u94b1";
  private static final String OTHER_CHINESE =
      "\u8bf7\u95ee\u4f60\u4eec\u5728\u5468\u672b\u51e0\u70b9\u5f00\u95e8\u6211\u60f3\u5e26\u7740\u62a4"
          + "\u7167\u8fc7\u53bb\u529e\u7406\u8d37\u6b3e\u624b\u7eed";
  private static final String JAPANESE =
      "\u4eca\u671d\u30ab\u30fc\u30c9\u3067\u4e8c\u56de\u652f\u6255\u304a\u3046\u3068\u3057\u307e\u3057"
          + "\u305f\u304c\u3069\u3061\u3089\u3082\u62d2\u5426\u3055\u308c\u307e\u3057\u305f";
  private static final String THAI =
      "\u0e1a\u0e31\u0e15\u0e23\u0e02\u0e2d\u0e07\u0e09\u0e31\u0e19\u0e16\u0e39\u0e01\u0e1b\u0e0f\u0e34"
          + "\u0e40\u0e2a\u0e18\u0e2a\u0e2d\u0e07\u0e04\u0e23\u0e31\u0e49\u0e07\u0e40\u0e21\u0e37\u0e48"
          + "\u0e2d\u0e40\u0e0a\u0e49\u0e32\u0e19\u0e35\u0e49\u0e41\u0e21\u0e49\u0e27\u0e48\u0e32\u0e22"
          + "\u0e31\u0e07\u0e21\u0e35\u0e40\u0e07\u0e34\u0e19\u0e2d\u0e22\u0e39\u0e48";

  private static TokenHashes units(String text) {
    return TokenHashes.of(NormalText.of(text), Integer.MAX_VALUE);
  }

  private static boolean near(String text, String item) {
    NearTexts items = new NearTexts();
    items.add(units("Where can I find the nearest cash machine that takes foreign cards"));
    items.add(units(item));
    TreeSet<Integer> found = new TreeSet<>();
    items.find(units(text), number -> false, found::add);
    assertThat(found).isSubsetOf(1);
    return !found.isEmpty();
  }

  private static String words(String word, int count) {
    return IntStream.range(0, count).mapToObj(i -> word + i).collect(Collectors.joining(" "));
  }

  /** Returns a text in which every n-th word is a filler. */
  private static String padded(String text, int every) {
    StringBuilder padded = new StringBuilder();
    List<String> words = List.of(text.split(" ", -1));
    for (int i = 0; i < words.size(); i++) {
      padded.append(words.get(i)).append(' ');
      if (i % (every - 1) == every - 2) {
        padded.append("filler").append(i).append(' ');
      }
    }
    return padded.toString();
  }

  @Test
  void a_quarter_of_filler_words_hides_nothing() {
    assertThat(near(padded(ITEM, 4), ITEM)).isTrue();
  }

  @Test
  void nor_do_as_many_filler_words_as_the_text_has_itself() {
    assertThat(near(padded(ITEM, 2), ITEM)).isTrue();
    assertThat(near(words("before", 14) + " " + ITEM, ITEM)).isTrue();
    assertThat(near(ITEM + " " + words("after", 14), ITEM)).isTrue();
  }

  @Test
  void nor_does_one_word_of_fourteen_changed() {
    assertThat(near(padded(ITEM.replace("morning", "evening"), 3), ITEM)).isTrue();
  }

  @Test
  void a_text_that_lacks_half_of_an_item_is_near_and_one_of_a_third_is_not() {
    assertThat(near(words("w", 30), words("w", 60))).isTrue();
    assertThat(near(words("w", 20), words("w", 60))).isFalse();
  }

  @Test
  void an_item_inside_a_text_of_any_length_is_found() {
    String longer = words("before", 3_000) + " " + ITEM + " " + words("after", 3_000);
    assertThat(near(longer, ITEM)).isTrue();
    assertThat(near(longer.replace(" left ", " gone "), ITEM)).isTrue();
  }

  @Test
  void another_message_of_the_same_subject_is_not_near() {
    assertThat(
            near(
                "My card was stolen this morning and I want you to block it before money is gone",
                ITEM))
        .isFalse();
    String reversed =
        Arrays.stream(ITEM.split(" ")).reduce("", (left, right) -> right + " " + left);
    assertThat(near(reversed, ITEM)).isFalse();
  }

  @Test
  void fewer_than_eight_words_are_near_nothing() {
    assertThat(
            near(
                "please show me how to change my address",
                "please show me how to change my address"))
        .isTrue();
    assertThat(near("please show how to change my address", "please show how to change my address"))
        .isFalse();
  }

  @Test
  void fewer_than_ten_words_are_not_looked_for_in_longer_texts() {
    assertThat(near(words("before", 50) + " " + words("w", 9), words("w", 9))).isFalse();
    assertThat(near(words("before", 50) + " " + words("w", 10), words("w", 10))).isTrue();
  }

  @Test
  void an_item_without_spaces_is_found_inside_a_longer_text() {
    assertThat(near(OTHER_CHINESE.repeat(9) + CHINESE + OTHER_CHINESE, CHINESE)).isTrue();
    assertThat(near("\u3053\u3093\u306b\u3061\u306f".repeat(20) + JAPANESE, JAPANESE)).isTrue();
    assertThat(near("\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35".repeat(40) + THAI, THAI)).isTrue();
  }

  @Test
  void and_where_it_is_padded() {
    StringBuilder padded = new StringBuilder();
    CHINESE.chars().forEach(c -> padded.append((char) c).append('\u554a'));
    assertThat(near(padded.toString(), CHINESE)).isTrue();
  }

  @Test
  void another_text_without_spaces_is_not_near() {
    assertThat(near(OTHER_CHINESE, CHINESE)).isFalse();
    assertThat(near(OTHER_CHINESE.repeat(100), CHINESE)).isFalse();
  }

  @Test
  void what_is_not_seen_hides_nothing() {
    assertThat(near(String.join("\u200b", ITEM.split("(?=a)")) + " indeed", ITEM)).isTrue();
    assertThat(near(String.join("\ufe0f", ITEM.split("(?=e)")) + " indeed", ITEM)).isTrue();
  }

  @Test
  void a_known_text_is_not_reported() {
    NearTexts items = new NearTexts();
    items.add(units(ITEM));
    items.add(units(ITEM + " again"));
    TreeSet<Integer> found = new TreeSet<>();
    items.find(units(ITEM), number -> number == 0, found::add);
    assertThat(found).containsExactly(1);
  }

  @Test
  void finds_padded_texts_among_thousands_and_nothing_else() {
    Random random = new Random(5);
    NearTexts items = new NearTexts();
    String[] texts = new String[3_000];
    for (int i = 0; i < texts.length; i++) {
      texts[i] =
          IntStream.range(0, random.nextInt(8, 80))
              .mapToObj(word -> "w" + (int) (2_000 * Math.pow(random.nextDouble(), 3)))
              .collect(Collectors.joining(" "));
      items.add(units(texts[i]));
    }
    for (int i = 0; i < texts.length; i += 10) {
      TreeSet<Integer> found = new TreeSet<>();
      items.find(units(padded(texts[i], 2 + i % 3)), number -> false, found::add);
      assertThat(found).containsExactly(i);
    }
  }
}
