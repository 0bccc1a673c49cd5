package io.plumbline.inference.retrieval.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.localmodels.Encoder;
import io.plumbline.localmodels.EncoderModel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkerTests {

  private static final Encoder ENCODER = Encoder.open(EncoderModel.BGE_SMALL, 1);
  private static final Chunking SMALL = new Chunking(64, 16);

  @AfterAll
  static void close() {
    ENCODER.close();
  }

  @Test
  void a_chunk_never_reaches_over_a_heading_and_names_those_above_it() {
    String text =
        """
        Before all.

        # Install `it`

        How to install.

        ## On Linux ##

        Use the package.

        Remove
        it
        ------

        Use the package again.

        # Nothing here
        ## Nothing here either
        """;

    assertThat(described(text))
        .containsExactly(
            "|Before all.",
            "Install `it`|How to install.",
            "Install `it` > On Linux|Use the package.",
            "Install `it` > Remove it|Use the package again.",
            "Nothing here > Nothing here either|## Nothing here either");
  }

  @Test
  void a_long_heading_ends_before_a_character_that_would_be_cut() {
    String text = "# " + "a".repeat(199) + "\ud83d\ude00\n\nText.";

    assertThat(chunks(text, Chunking.DEFAULT).getFirst().section()).isEqualTo("a".repeat(199));
  }

  @Test
  void front_matter_is_no_heading() {
    assertThat(described("---\ntitle: npm-ci\nsection: 1\n---\n\n# Description\n\nIt installs."))
        .containsExactly("|---\ntitle: npm-ci\nsection: 1\n---", "Description|It installs.");
  }

  @Test
  void marks_in_code_are_no_headings_and_code_stays_whole_where_it_fits() {
    String code = "```\n# a comment\n" + "run --fast now\n".repeat(9) + "```";
    String text = "word ".repeat(30).strip() + "\n\n" + code + "\n\n" + "word ".repeat(30);

    assertThat(chunks(text, new Chunking(64, 0)))
        .extracting(chunk -> chunk.text(text))
        .containsExactly("word ".repeat(30).strip(), code, "word ".repeat(30).strip());
  }

  @Test
  void a_table_that_does_not_fit_is_divided_between_its_rows() {
    String text = "| flag | meaning |\n|---|---|\n" + "| -a | all of it. Really |\n".repeat(20);

    assertThat(chunks(text, new Chunking(64, 0)))
        .hasSizeGreaterThan(2)
        .allSatisfy(chunk -> assertThat(chunk.text(text)).startsWith("|").endsWith("|"));
  }

  @Test
  void a_list_that_does_not_fit_is_divided_between_its_items() {
    String text = "- one thing\n\n  with a paragraph of its own, which goes on.\n".repeat(12);

    assertThat(chunks(text, new Chunking(64, 0)))
        .hasSizeGreaterThan(2)
        .allSatisfy(chunk -> assertThat(chunk.text(text)).startsWith("- one").endsWith("goes on."));
  }

  @Test
  void a_paragraph_that_does_not_fit_is_divided_between_its_sentences_and_repeats_the_last() {
    String sentence = "The quick brown fox jumps over the lazy dog again. ";
    String text = sentence.repeat(20).strip();

    List<Chunk> chunks = chunks(text, SMALL);

    assertThat(chunks).hasSizeGreaterThan(3);
    assertThat(chunks)
        .allSatisfy(
            chunk -> assertThat(chunk.text(text)).startsWith("The quick").endsWith("again."));
    for (int i = 1; i < chunks.size(); i++) {
      assertThat(chunks.get(i - 1).end() - chunks.get(i).start())
          .isEqualTo(sentence.strip().length());
    }
  }

  @Test
  void title_and_headings_are_read_with_each_chunk_and_leave_half_of_it_to_the_text() {
    Chunker chunker = new Chunker(SMALL, ENCODER::countTokens);
    String text = "## Use\n\nIt installs.";
    Chunk chunk = chunker.chunks("npm-ci", text).getFirst();

    assertThat(chunker.embeddedText("npm-ci", chunk, text)).isEqualTo("npm-ci\nUse\nIt installs.");

    String long_title = "title ".repeat(500);
    List<Chunk> chunks = chunker.chunks(long_title, "word ".repeat(500));
    assertThat(chunks).hasSizeBetween(18, 60);
    assertThat(chunks)
        .allSatisfy(each ->
            assertThat(
                    ENCODER.countTokens(
                        chunker.embeddedText(long_title, each, "word ".repeat(500))))
                .isLessThanOrEqualTo(64));
  }

  @Test
  void a_text_without_words_has_no_chunk() {
    assertThat(chunks("", SMALL)).isEmpty();
    assertThat(chunks(" \n\t\u00a0\n", SMALL)).isEmpty();
  }

  @Test
  void a_document_of_too_many_passages_is_refused() {
    String text = "# A\n\nb\n\n".repeat(Chunker.MAX_CHUNKS + 1);

    assertThatThrownBy(() -> chunks(text, SMALL)).hasMessageContaining("more than 10,000 passages");
  }

  @ParameterizedTest
  @ValueSource(strings = {">", "- ", "1. ", "> - ", "* * ", "[", "<!--", "```", "\u200b", "|"})
  void hostile_texts_are_divided_like_others(String mark) {
    checkAll(mark.repeat(20_000), SMALL);
    checkAll((mark + "\n").repeat(5_000), SMALL);
    checkAll((mark.repeat(50) + " word\n").repeat(300), SMALL);
  }

  /** Tries random texts. */
  @Test
  void all_of_a_text_is_in_a_chunk_or_a_section_and_no_chunk_is_too_long() {
    Random random = new Random(20_261_128);
    for (int i = 0; i < 300; i++) {
      int most = 64 + random.nextInt(100);
      checkAll(document(random), new Chunking(most, random.nextInt(most / 2)));
    }
  }

  private static void checkAll(String text, Chunking chunking) {
    Chunker chunker = new Chunker(chunking, ENCODER::countTokens);
    List<Chunk> chunks = chunker.chunks("A title", text);
    BitSet covered = new BitSet();
    String sections = "";
    int before = -1;
    for (Chunk chunk : chunks) {
      assertThat(chunk.start()).isGreaterThan(before);
      before = chunk.start();
      covered.set(chunk.start(), chunk.end());
      sections += chunk.section() + "\n";
      String said = chunk.text(text);
      assertThat(said).isNotBlank();
      assertThat(Character.isLowSurrogate(said.charAt(0))).isFalse();
      assertThat(Character.isHighSurrogate(said.charAt(said.length() - 1))).isFalse();
      if (said.length() > Words.MAX_LENGTH) {
        assertThat(ENCODER.countTokens(chunker.embeddedText("A title", chunk, text)))
            .as(said)
            .isLessThanOrEqualTo(chunking.maxTokens());
      }
    }
    int line = 0;
    for (String each : text.split("(?<=\n)", -1)) {
      int open = covered.nextClearBit(line);
      int end = line + each.length();
      while (open < end && Words.isSpace(text.charAt(open))) {
        open = covered.nextClearBit(open + 1);
      }
      if (open < end) {
        String heading = each.replaceAll("^\\s*#+|#+\\s*$", "").strip();
        assertThat(sections).as(each).contains(heading.matches("=+|-+") ? "" : heading);
      }
      line = end;
    }
  }

  private static String document(Random random) {
    List<String> lines = new ArrayList<>();
    int count = random.nextInt(60);
    for (int i = 0; i < count; i++) {
      lines.add(
          switch (random.nextInt(14)) {
            case 0 -> "#".repeat(1 + random.nextInt(6)) + " Heading " + random.nextInt(9);
            case 1 -> "Underlined\n" + (random.nextBoolean() ? "=====" : "---");
            case 2 -> "```\n# no heading\n" + sentence(random) + "\n```";
            case 3 -> "| a | b |\n|---|---|\n| " + sentence(random) + " | 1 |";
            case 4 -> "- " + sentence(random) + "\n  - inner " + sentence(random);
            case 5 -> "> quoted " + sentence(random) + "\n> > deeper";
            case 6 -> "\u4f60\u597d\u4e16\u754c".repeat(random.nextInt(80));
            case 7 -> "\ud83d\ude00".repeat(random.nextInt(150));
            case 8 -> "<div>\n" + sentence(random) + "\n</div>";
            case 9 -> "[label]: https://example.com/" + random.nextInt();
            case 10 -> " ".repeat(random.nextInt(300)) + sentence(random);
            default -> sentence(random) + sentence(random);
          });
    }
    return String.join(random.nextInt(4) == 0 ? "\r\n\r\n" : "\n\n", lines);
  }

  private static String sentence(Random random) {
    StringBuilder sentence = new StringBuilder("It");
    int words = random.nextInt(40);
    for (int i = 0; i < words; i++) {
      sentence.append(random.nextInt(9) == 0 ? "\n" : " ");
      sentence.append(
          switch (random.nextInt(5)) {
            case 0 -> "--save-dev";
            case 1 -> "unbelievably";
            case 2 -> "package.json,";
            case 3 -> "caf\u00e9";
            default -> "is";
          });
    }
    return sentence.append(". ").toString();
  }

  private static List<String> described(String text) {
    return chunks(text, Chunking.DEFAULT).stream()
        .map(chunk -> chunk.section() + "|" + chunk.text(text))
        .toList();
  }

  private static List<Chunk> chunks(String text, Chunking chunking) {
    return new Chunker(chunking, ENCODER::countTokens).chunks("", text);
  }
}
