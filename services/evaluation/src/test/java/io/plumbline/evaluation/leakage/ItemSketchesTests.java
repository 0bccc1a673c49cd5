package io.plumbline.evaluation.leakage;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.leakage.Leakage.Source;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemSketchesTests {

  private static final String LONG = words("word", 60);

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

  /** One word of 60 changed: 55 of 61 shingles of three are common, 0.90. */
  @Test
  void nearly_equal_texts_are_found() {
    sketches.compare(Source.INDEX, LONG.replace("word30", "another"));
    assertThat(sketches.leaking()).containsExactly("long");
  }

  @Test
  void others_are_not() {
    sketches.compare(Source.TRAINING, "Win money later");
    sketches.compare(Source.TRAINING, LONG.substring(0, LONG.length() / 2));
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
  void items_of_five_words_are_looked_for_inside_texts_and_shorter_ones_are_mere_phrases() {
    sketches.add("five", "Please send me the invoice");
    sketches.add("four", "please send the invoice");
    sketches.compare(
        Source.EXAMPLES, "Win money now? Please send me the invoice, please send the invoice.");
    assertThat(sketches.leaking()).containsExactly("five");
    sketches.compare(Source.TRAINING, "PLEASE send the invoice!");
    assertThat(sketches.leaking()).containsExactly("five", "four");
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
