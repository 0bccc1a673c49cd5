package io.plumbline.inference.retrieval.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutlineTests {

  private static List<String> headings(String text) {
    return Outline.of(text).getFirst().headings();
  }

  @Test
  void the_marks_around_a_heading_are_not_its_text() {
    assertThat(headings("  ## Returns ##  \n\ntext")).containsExactly("Returns");
    assertThat(headings("# C#\n\ntext")).containsExactly("C#");
    assertThat(headings("# 1 # 2\n\ntext")).containsExactly("1 # 2");
    assertThat(headings("# #\n\ntext")).containsExactly("");
  }

  /** Bounds the time, because a regular expression took hours for such a heading. */
  @Test
  void a_heading_with_a_million_spaces_takes_no_time() {
    String text = "# a" + " ".repeat(990_000) + "b\n\ntext";

    assertTimeoutPreemptively(
        Duration.ofSeconds(60), () -> assertThat(headings(text)).containsExactly("a"));
  }

  @Test
  void a_long_heading_is_not_cut_within_a_character() {
    String heading = headings("# a" + "\ud83d\ude00".repeat(200) + "\n\ntext").getFirst();

    assertThat(heading).hasSize(199).endsWith("\ud83d\ude00");
  }
}
