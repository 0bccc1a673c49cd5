package io.plumbline.localmodels.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceBreaksTests {

  @Test
  void a_sentence_ends_at_its_mark_and_what_closes_with_it() {
    assertThat(sentences("It stops. \"Does it?\" Yes (it does!) And then\u2026 it goes on"))
        .containsExactly(
            "It stops.", "\"Does it?\"", "Yes (it does!)", "And then\u2026", "it goes on");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Use a registry, e.g. Verdaccio, at home.",
        "J. Doe wrote it.",
        "Files, folders etc. are packed.",
        "See npmjs.com/policies v1.4.2 for it.",
        "Run `npm ci. Then wait` at once.",
        "Set ``a ` b. C`` here.",
        "Pay 3.50 a month."
      })
  void no_sentence_ends_within(String sentence) {
    assertThat(sentences(sentence)).containsExactly(sentence);
  }

  @Test
  void a_sentence_may_begin_with_a_command_in_lower_case() {
    assertThat(sentences("It is fast. npm caches it. It is removed, etc. The rest stays."))
        .containsExactly("It is fast.", "npm caches it.", "It is removed, etc.", "The rest stays.");
  }

  @Test
  void sentences_of_scripts_without_spaces_end_too() {
    assertThat(sentences("\u3053\u308c\u306f\u672c\u3002\u305d\u308c\u306f\u4f55\uff1f"))
        .containsExactly("\u3053\u308c\u306f\u672c\u3002", "\u305d\u308c\u306f\u4f55\uff1f");
  }

  @Test
  void backticks_that_nothing_closes_are_text_and_take_little_time() {
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int ticks = 1; ticks <= 600; ticks++) {
      expected.add("B" + "`".repeat(ticks) + " a.");
      text.append(expected.getLast()).append(' ');
    }
    assertTimeout(
        Duration.ofSeconds(60), () -> assertThat(sentences(text.toString())).isEqualTo(expected));
  }

  private static List<String> sentences(String text) {
    return SentenceBreaks.of(text, 0, text.length()).stream()
        .map(range -> text.substring(range.start(), range.end()))
        .toList();
  }
}
