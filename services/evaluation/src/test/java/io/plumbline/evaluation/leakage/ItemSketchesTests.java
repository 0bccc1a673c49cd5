package io.plumbline.evaluation.leakage;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.leakage.Leakage.Source;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemSketchesTests {

  private static final String LONG = words("word", 60);

  private static final String CHINESE =
      "\u6211\u4eca\u5929\u65e9\u4e0a\u7528\u94f6\u884c\u5361\u4ed8\u6b3e\u4e24\u6b21"
          + "\u90fd\u88ab\u62d2\u7edd\u4e86\u4f46\u662f\u8d26\u6237\u91cc\u8fd8\u6709\u94b1";

  private final ItemSketches sketches = new ItemSketches();

  ItemSketchesTests() {
    sketches.add("short", "Win money now");
    sketches.add("long", LONG);
    sketches.add("empty", "!?");
  }

  @Test
  void equal_texts_are_found_whatever_their_case_and_punctuation() {
    sketches.compare(Source.TRAINING, "win MONEY, now!");
    assertThat(sketches.leaking()).containsExactly("short");
    assertThat(sketches.leakage()).isEqualTo(new Leakage(3, 1, Map.of(Source.TRAINING, 1)));
  }

  /** One word of 60 is changed. */
  @Test
  void nearly_equal_texts_are_found() {
    sketches.compare(Source.INDEX, LONG.replace("word30", "another"));
    assertThat(sketches.leaking()).containsExactly("long");
  }

  @Test
  void others_are_not() {
    sketches.compare(Source.TRAINING, "Win money later");
    sketches.compare(Source.TRAINING, LONG.substring(0, LONG.length() / 3));
    sketches.compare(Source.TRAINING, "");
    assertThat(sketches.leakage()).isEqualTo(new Leakage(3, 0, Map.of()));
  }

  @Test
  void an_item_inside_a_longer_text_is_found() {
    sketches.compare(Source.TRAINING, longer(LONG));
    assertThat(sketches.leaking()).containsExactly("long");
  }

  /** 55 of the item's 58 shingles are in the text, which has 260 words. */
  @Test
  void so_is_one_with_a_word_changed() {
    sketches.compare(Source.INDEX, longer(LONG.replace("word30", "another")));
    assertThat(sketches.leaking()).containsExactly("long");
  }

  @Test
  void a_part_of_an_item_is_not() {
    sketches.compare(Source.TRAINING, longer(LONG.substring(0, LONG.length() / 2)));
    assertThat(sketches.leaking()).isEmpty();
  }

  @Test
  void items_of_ten_words_are_looked_for_inside_texts_and_shorter_ones_are_mere_phrases() {
    String ten = "Please send me the invoice of May once more today";
    String nine = "Thank you for the quick answer and kind regards";
    sketches.add("ten", ten);
    sketches.add("nine", nine);
    sketches.compare(Source.EXAMPLES, longer(ten + ". " + nine));
    assertThat(sketches.leaking()).containsExactly("ten");
    sketches.compare(Source.TRAINING, nine.toUpperCase(Locale.ROOT));
    assertThat(sketches.leaking()).containsExactly("nine", "ten");
  }

  @Test
  void what_is_not_seen_hides_no_item() {
    sketches.compare(Source.TRAINING, "Win mo\u200bney n\u00adow");
    sketches.compare(Source.TRAINING, LONG.replace("word", "wo\ufe0frd"));
    assertThat(sketches.leaking()).containsExactly("long", "short");
  }

  @Test
  void full_width_letters_hide_no_item() {
    sketches.compare(Source.TRAINING, "\uff37\uff49\uff4e money now");
    assertThat(sketches.leaking()).containsExactly("short");
  }

  @Test
  void filler_words_hide_no_item() {
    sketches.compare(Source.TRAINING, LONG.replace(" ", " filler "));
    assertThat(sketches.leaking()).containsExactly("long");
  }

  @Test
  void half_of_an_item_is_found() {
    sketches.compare(Source.TRAINING, LONG.substring(0, LONG.length() / 2 + 5));
    assertThat(sketches.leaking()).containsExactly("long");
  }

  @Test
  void an_item_of_a_script_without_spaces_is_found_inside_a_longer_text() {
    sketches.add("chinese", CHINESE);
    sketches.compare(
        Source.TRAINING,
        "\u8f6c\u53d1\u7684\u90ae\u4ef6" + CHINESE + "\u8bf7\u5c3d\u5feb\u56de\u590d".repeat(9));
    assertThat(sketches.leaking()).containsExactly("chinese");
  }

  @Test
  void items_with_the_same_boilerplate_are_distinguished() {
    String boilerplate = words("greeting", 20);
    for (int i = 0; i < 2_000; i++) {
      sketches.add("mail" + i, boilerplate + " " + words("mail" + i + "word", 40));
    }
    sketches.compare(Source.TRAINING, longer(boilerplate + " " + words("mail77word", 40)));
    assertThat(sketches.leaking()).containsExactly("mail77");
  }

  private static String longer(String text) {
    return words("before", 100) + " " + text + " " + words("after", 100);
  }

  private static String words(String word, int count) {
    return IntStream.range(0, count).mapToObj(i -> word + i).collect(Collectors.joining(" "));
  }

  @Test
  void an_item_in_two_sources_counts_once() {
    List.of(Source.TRAINING, Source.INDEX).forEach(source -> sketches.compare(source, LONG));
    Leakage leakage = sketches.leakage();
    assertThat(leakage.leaking()).isEqualTo(1);
    assertThat(leakage.sources()).isEqualTo(Map.of(Source.TRAINING, 1, Source.INDEX, 1));
  }

  @Test
  void above_a_hundredth_it_is_no_evidence_and_says_the_figures() {
    assertThat(new Leakage(400, 4, Map.of(Source.TRAINING, 4)).refused()).isFalse();
    Leakage leakage = new Leakage(400, 81, Map.of(Source.TRAINING, 80, Source.EXAMPLES, 1));
    assertThat(leakage.refused()).isTrue();
    assertThat(leakage.reason())
        .startsWith(
            "Leaking items: 81 of 400 items (20.3%, tolerated are 1%) are in what the variant used:"
                + " 80 in the training set, 1 in the prompt's examples.");
  }
}
