package io.plumbline.localmodels.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.localmodels.extract.Sentence.Kind;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PassageSplitterTests {

  @Test
  void paragraphs_and_list_items_are_divided_into_sentences() {
    assertThat(
            parts(
                """
                # Cleaning

                The cache heals itself. It is seldom
                cleaned.

                - Run `npm cache verify`. It takes long.
                2. Wait
                  for it.
                """))
        .containsExactly(
            "The cache heals itself.",
            "It is seldom\ncleaned.",
            "Run `npm cache verify`.",
            "It takes long.",
            "Wait\n  for it.");
  }

  @Test
  void code_is_quoted_whole_with_the_sentence_that_leads_to_it() {
    String text =
        """
        Two ways. Write:

        ```json
        { "a": 1 }

        ```

        Or not.

            npm run x
              --flag

        ~~~
        open
        """;
    assertThat(parts(text))
        .containsExactly(
            "Two ways.",
            "Write:\n\n```json\n{ \"a\": 1 }\n\n```",
            "Or not.",
            "    npm run x\n      --flag",
            "~~~\nopen");
    assertThat(PassageSplitter.of(text).parts())
        .extracting(PassageSplitter.Part::kind)
        .containsExactly(Kind.PROSE, Kind.CODE, Kind.PROSE, Kind.CODE, Kind.CODE);
  }

  @Test
  void a_row_of_a_table_is_one_part_and_its_rule_is_none() {
    assertThat(parts("| Plan | Price |\n|---|---|\n| Free. Really. | 0 |\nAfter it."))
        .containsExactly("| Plan | Price |", "| Free. Really. | 0 |", "After it.");
  }

  @Test
  void headings_and_rules_are_left_out_and_links_are_known() {
    String text =
        """
        Title
        =====

        * [npm ci](/commands/npm-ci)
        * <https://example.com>

        ***

        See [npm ci](/commands/npm-ci).
        """;
    assertThat(parts(text))
        .containsExactly(
            "[npm ci](/commands/npm-ci)",
            "<https://example.com>",
            "See [npm ci](/commands/npm-ci).");
    assertThat(PassageSplitter.of(text).parts())
        .extracting(PassageSplitter.Part::kind)
        .containsExactly(Kind.LINKS, Kind.LINKS, Kind.PROSE);
  }

  @Test
  void a_long_part_is_divided_at_white_space() {
    List<String> parts = parts("word ".repeat(500));
    assertThat(parts)
        .hasSize(3)
        .allSatisfy(part -> {
          assertThat(part)
              .hasSizeLessThanOrEqualTo(PassageSplitter.MAX_CHARACTERS)
              .endsWith("word");
        });
    assertThat(parts("\ud83d\ude00a".repeat(1_000)))
        .allSatisfy(part -> assertThat(part.codePoints()).doesNotContain(0xd83d, 0xde00));
  }

  @Test
  void a_huge_passage_is_read_up_to_its_limits() {
    PassageSplitter many = PassageSplitter.of("A b. ".repeat(1_000));
    assertThat(many.parts()).hasSize(PassageSplitter.MAX_SENTENCES);
    assertThat(many.isTruncated()).isTrue();
    PassageSplitter huge = PassageSplitter.of("word ".repeat(1_000_000));
    assertThat(huge.parts().getLast().end())
        .isLessThanOrEqualTo(PassageSplitter.MAX_PASSAGE_CHARACTERS);
    assertThat(huge.isTruncated()).isTrue();
    assertThat(PassageSplitter.of("Short.").isTruncated()).isFalse();
  }

  /** Whatever a document contains, its parts are pieces of it, in their order, without overlap. */
  @Test
  void parts_are_pieces_of_the_text_in_their_order() {
    SplittableRandom random = new SplittableRandom(1);
    List<String> pieces =
        List.of(
            "\n",
            "\n\n",
            "```",
            "~~~",
            "    ",
            "- ",
            "1. ",
            "| a |",
            "# h",
            "a",
            "B. ",
            "`",
            ":",
            "===",
            "[1] ",
            "\ud83d\ude00",
            "\t",
            "word word word. ");
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      int before = 0;
      for (PassageSplitter.Part part : PassageSplitter.of(text.toString()).parts()) {
        assertThat(part.start()).as(text.toString()).isGreaterThanOrEqualTo(before);
        assertThat(part.end()).isGreaterThan(part.start()).isLessThanOrEqualTo(text.length());
        before = part.end();
      }
    }
  }

  private static List<String> parts(String text) {
    return PassageSplitter.of(text).parts().stream()
        .map(part -> text.substring(part.start(), part.end()))
        .toList();
  }
}
