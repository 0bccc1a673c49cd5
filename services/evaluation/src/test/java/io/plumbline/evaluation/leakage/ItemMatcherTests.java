package io.plumbline.evaluation.leakage;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.leakage.Leakage.Source;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemMatcherTests {

  private static final String LONG = words("word", 60);

  private static final String CHINESE =
      "\u6211\u4eca\u5929\u65e9\u4e0a\u7528\u94f6\u884c\u5361\u4ed8\u6b3e\u4e24\u6b21"
          + "\u90fd\u88ab\u62d2\u7edd\u4e86\u4f46\u662f\u8d26\u6237\u91cc\u8fd8\u6709\u94b1";

  private final ItemMatcher matcher = new ItemMatcher();

  ItemMatcherTests() {
    matcher.add("short", "Win money now");
    matcher.add("long", LONG);
    matcher.add("empty", "!?");
  }

  @Test
  void equal_texts_are_found_whatever_their_case_and_punctuation() {
    matcher.compareText(Source.TRAINING, "win MONEY, now!");
    assertThat(matcher.leakingItemIds()).containsExactly("short");
    assertThat(matcher.leakage()).isEqualTo(new Leakage(3, 1, Map.of(Source.TRAINING, 1)));
  }

  /** One word of 60 is changed. */
  @Test
  void nearly_equal_texts_are_found() {
    matcher.compareText(Source.INDEX, LONG.replace("word30", "another"));
    assertThat(matcher.leakingItemIds()).containsExactly("long");
  }

  @Test
  void others_are_not() {
    matcher.compareText(Source.TRAINING, "Win money later");
    matcher.compareText(Source.TRAINING, LONG.substring(0, LONG.length() / 3));
    matcher.compareText(Source.TRAINING, "");
    assertThat(matcher.leakage()).isEqualTo(new Leakage(3, 0, Map.of()));
  }

  @Test
  void an_item_inside_a_longer_text_is_found() {
    matcher.compareText(Source.TRAINING, longer(LONG));
    assertThat(matcher.leakingItemIds()).containsExactly("long");
  }

  /** 55 of the item's 58 shingles are in the text, which has 260 words. */
  @Test
  void so_is_one_with_a_word_changed() {
    matcher.compareText(Source.INDEX, longer(LONG.replace("word30", "another")));
    assertThat(matcher.leakingItemIds()).containsExactly("long");
  }

  @Test
  void a_part_of_an_item_is_not() {
    matcher.compareText(Source.TRAINING, longer(LONG.substring(0, LONG.length() / 2)));
    assertThat(matcher.leakingItemIds()).isEmpty();
  }

  @Test
  void items_of_ten_words_are_looked_for_inside_texts_and_shorter_ones_are_mere_phrases() {
    String ten = "Please send me the invoice of May once more today";
    String nine = "Thank you for the quick answer and kind regards";
    matcher.add("ten", ten);
    matcher.add("nine", nine);
    matcher.compareText(Source.EXAMPLES, longer(ten + ". " + nine));
    assertThat(matcher.leakingItemIds()).containsExactly("ten");
    matcher.compareText(Source.TRAINING, nine.toUpperCase(Locale.ROOT));
    assertThat(matcher.leakingItemIds()).containsExactly("nine", "ten");
  }

  @Test
  void what_is_not_seen_hides_no_item() {
    matcher.compareText(Source.TRAINING, "Win mo\u200bney n\u00adow");
    matcher.compareText(Source.TRAINING, LONG.replace("word", "wo\ufe0frd"));
    assertThat(matcher.leakingItemIds()).containsExactly("long", "short");
  }

  @Test
  void full_width_letters_hide_no_item() {
    matcher.compareText(Source.TRAINING, "\uff37\uff49\uff4e money now");
    assertThat(matcher.leakingItemIds()).containsExactly("short");
  }

  @Test
  void filler_words_hide_no_item() {
    matcher.compareText(Source.TRAINING, LONG.replace(" ", " filler "));
    assertThat(matcher.leakingItemIds()).containsExactly("long");
  }

  @Test
  void half_of_an_item_is_found() {
    matcher.compareText(Source.TRAINING, LONG.substring(0, LONG.length() / 2 + 5));
    assertThat(matcher.leakingItemIds()).containsExactly("long");
  }

  @Test
  void an_item_of_a_script_without_spaces_is_found_inside_a_longer_text() {
    matcher.add("chinese", CHINESE);
    matcher.compareText(
        Source.TRAINING,
        "\u8f6c\u53d1\u7684\u90ae\u4ef6" + CHINESE + "\u8bf7\u5c3d\u5feb\u56de\u590d".repeat(9));
    assertThat(matcher.leakingItemIds()).containsExactly("chinese");
  }

  @Test
  void items_with_the_same_boilerplate_are_distinguished() {
    String boilerplate = words("greeting", 20);
    for (int i = 0; i < 2_000; i++) {
      matcher.add("mail" + i, boilerplate + " " + words("mail" + i + "word", 40));
    }
    matcher.compareText(Source.TRAINING, longer(boilerplate + " " + words("mail77word", 40)));
    assertThat(matcher.leakingItemIds()).containsExactly("mail77");
  }

  private static String longer(String text) {
    return words("before", 100) + " " + text + " " + words("after", 100);
  }

  private static String words(String word, int count) {
    return IntStream.range(0, count).mapToObj(i -> word + i).collect(Collectors.joining(" "));
  }

  @Test
  void an_item_in_two_sources_counts_once() {
    List.of(Source.TRAINING, Source.INDEX).forEach(source -> matcher.compareText(source, LONG));
    Leakage leakage = matcher.leakage();
    assertThat(leakage.leaking()).isEqualTo(1);
    assertThat(leakage.sources()).isEqualTo(Map.of(Source.TRAINING, 1, Source.INDEX, 1));
  }

  @Test
  void above_a_hundredth_it_is_no_evidence_and_says_the_figures() {
    assertThat(new Leakage(400, 4, Map.of(Source.TRAINING, 4)).exceedsTolerance()).isFalse();
    Leakage leakage = new Leakage(400, 81, Map.of(Source.TRAINING, 80, Source.EXAMPLES, 1));
    assertThat(leakage.exceedsTolerance()).isTrue();
    assertThat(leakage.refusalReason())
        .startsWith(
            "Leaking items: 81 of 400 items (20.3%, tolerated are 1%) are in what the variant used:"
                + " 80 in the training set, 1 in the prompt's examples.");
  }
}
