package io.plumbline.datasetregistry.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.similarity.NormalText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicateIndexTests {

  @TempDir Path directory;

  private DuplicateClusters clusters(List<String> texts) throws IOException {
    try (DuplicateIndex index = new DuplicateIndex(directory)) {
      texts.forEach(text -> index.add(NormalText.of(text)));
      return index.cluster();
    }
  }

  @Test
  void equal_after_normalisation_is_exact_and_a_changed_word_is_near() throws IOException {
    String text =
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
            + " sixteen seventeen eighteen nineteen";
    DuplicateClusters duplicateClusters =
        clusters(
            List.of(
                text,
                text.toUpperCase(Locale.ROOT) + "!",
                text + " twenty",
                "something else entirely",
                "",
                "  --"));
    assertThat(IntStream.range(0, 6).map(duplicateClusters::firstEqualRow).toArray())
        .containsExactly(0, 0, 2, 3, 4, 5);
    assertThat(IntStream.range(0, 6).map(duplicateClusters::firstConnectedRow).toArray())
        .containsExactly(0, 0, 0, 3, 4, 5);
  }

  @Test
  void finds_planted_near_duplicates_among_thousands_and_nothing_else() throws IOException {
    Random random = new Random(11);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      texts.add(
          IntStream.range(0, 60)
              .mapToObj(word -> "w" + random.nextInt(50_000))
              .reduce("", (a, b) -> a + " " + b));
    }
    for (int i = 0; i < 300; i++) {
      texts.add(texts.get(i * 10) + " changed");
    }
    DuplicateClusters duplicateClusters = clusters(texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(duplicateClusters.firstConnectedRow(i))
          .isEqualTo(i < 3_000 ? i : (i - 3_000) * 10);
    }
  }

  @Test
  void a_text_padded_with_filler_or_inside_a_longer_one_is_near() throws IOException {
    String text = "my card payment was declined twice this morning although there is money left";
    DuplicateClusters duplicateClusters =
        clusters(
            List.of(
                text,
                text.replace(" ", " well "),
                "some other words before it ".repeat(20) + text,
                "my card was stolen this morning although there is no money left on it now"));
    assertThat(IntStream.range(0, 4).map(duplicateClusters::firstConnectedRow).toArray())
        .containsExactly(0, 0, 0, 3);
  }

  @Test
  void what_is_not_seen_makes_no_other_text() throws IOException {
    DuplicateClusters duplicateClusters =
        clusters(List.of("Win money now", "Win mo\u200bney n\u00adow"));
    assertThat(duplicateClusters.isExactDuplicate(1)).isTrue();
  }

  @Test
  void finds_texts_inside_others_in_every_block() throws IOException {
    Random random = new Random(13);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      texts.add(
          IntStream.range(0, 5_000)
              .mapToObj(word -> "w" + random.nextInt(500_000))
              .collect(Collectors.joining(" ")));
    }
    for (int i = 0; i < 400; i += 10) {
      texts.add(
          "before "
              + Arrays.stream(texts.get(i).split(" "))
                  .skip(2_000)
                  .limit(40)
                  .collect(Collectors.joining(" ")));
    }
    DuplicateClusters duplicateClusters = clusters(texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(duplicateClusters.firstConnectedRow(i)).isEqualTo(i < 400 ? i : (i - 400) * 10);
    }
  }

  @Test
  void leaves_no_file_behind() throws IOException {
    clusters(List.of("a b c", "d e f"));
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }
}
