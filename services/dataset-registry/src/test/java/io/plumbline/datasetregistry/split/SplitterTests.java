package io.plumbline.datasetregistry.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.datasetregistry.item.ItemIds;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitterTests {

  private static final Map<String, Double> SHARES =
      Map.of("test", 0.2, "train", 0.6, "validation", 0.2);
  private static final List<String> NAMES = List.of("test", "train", "validation");

  @TempDir Path directory;

  private final List<Item> rows = new ArrayList<>();
  private final ItemIds ids = new ItemIds();

  private void row(String text, String label) {
    rows.add(Item.ofText(ids.assignNext(text), text, label));
  }

  private void rows(int count, String label, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      row(
          IntStream.range(0, 30)
              .mapToObj(word -> "w" + random.nextInt(100_000))
              .reduce("", (a, b) -> a + " " + b),
          label);
    }
  }

  private Splitter.Assigned split(Recipe recipe) throws IOException {
    return split(recipe, row -> SplitRows.NONE, new double[] {0.2, 0.6, 0.2});
  }

  private Splitter.Assigned split(Recipe recipe, SplitRows.Assignment assignment, double[] shares)
      throws IOException {
    Path file = directory.resolve("rows");
    try (ItemFile.Writer writer = new ItemFile.Writer(file)) {
      for (Item item : rows) {
        writer.write(item);
      }
    }
    SplitRows splitRows =
        SplitRows.read(
            Files.newInputStream(file), rows.size(), recipe.seed(), assignment, directory);
    return new Splitter(splitRows, recipe, shares).split(NAMES);
  }

  private static Recipe recipe(long seed, boolean dropDuplicates, @Nullable Integer maxRows) {
    return new Recipe(seed, SHARES, null, null, null, true, true, dropDuplicates, maxRows);
  }

  private Map<String, Integer> labels(int[] subset) {
    Map<String, Integer> counts = new HashMap<>();
    for (int row : subset) {
      counts.merge(rows.get(row).label().orElseThrow(), 1, Integer::sum);
    }
    return counts;
  }

  @Test
  void keeps_shares_of_every_label() throws IOException {
    rows(700, "ham", 1);
    rows(300, "spam", 2);
    List<int[]> subsets = split(recipe(5, false, null)).subsets();
    assertThat(subsets.stream().map(this::labels).toList())
        .containsExactly(
            Map.of("ham", 140, "spam", 60),
            Map.of("ham", 420, "spam", 180),
            Map.of("ham", 140, "spam", 60));
  }

  @Test
  void gives_the_same_subsets_for_the_same_seed_and_others_for_another() throws IOException {
    rows(200, "ham", 1);
    List<String> first =
        split(recipe(5, false, null)).subsets().stream().map(Arrays::toString).toList();
    assertThat(split(recipe(5, false, null)).subsets().stream().map(Arrays::toString).toList())
        .isEqualTo(first);
    assertThat(split(recipe(6, false, null)).subsets().stream().map(Arrays::toString).toList())
        .isNotEqualTo(first);
  }

  @Test
  void keeps_near_duplicates_in_one_subset() throws IOException {
    rows(100, "ham", 1);
    for (int i = 0; i < 40; i++) {
      row(rows.get(i).text() + " again", "spam");
      row(rows.get(i).text().toUpperCase(Locale.ROOT), "ham");
    }
    int[] subsetOf = new int[rows.size()];
    List<int[]> subsets = split(recipe(9, false, null)).subsets();
    for (int subset = 0; subset < subsets.size(); subset++) {
      for (int row : subsets.get(subset)) {
        subsetOf[row] = subset;
      }
    }
    for (int i = 0; i < 40; i++) {
      assertThat(List.of(subsetOf[100 + 2 * i], subsetOf[101 + 2 * i])).containsOnly(subsetOf[i]);
    }
  }

  @Test
  void drops_duplicates_and_empty_rows_and_says_how_many() throws IOException {
    rows(50, "ham", 1);
    row(rows.getFirst().text(), "ham");
    row(rows.getFirst().text() + " again", "ham");
    row("---", "ham");
    Splitter.Assigned assigned = split(recipe(1, true, null));
    assertThat(assigned.subsets().stream().mapToInt(subset -> subset.length).sum()).isEqualTo(50);
    assertThat(List.of(assigned.emptyRows(), assigned.duplicates(), assigned.unsampled()))
        .isEqualTo(List.of(1L, 2L, 0L));
  }

  private static final List<String> SAME =
      List.of(
          "Lunch at noon in the garden",
          "lunch at noon in the garden!",
          "Lunch at noon, in the garden",
          "LUNCH at noon in the garden");

  /** Splits equal rows that are assigned to these subsets: 0 is test, 1 train, 2 validation. */
  private Splitter.Assigned splitSame(List<Integer> given) throws IOException {
    rows.clear();
    for (String text : SAME.subList(0, given.size())) {
      row(text, "ham");
    }
    Recipe recipe = new Recipe(1, null, null, null, true, false, false, true, null);
    return split(recipe, row -> given.get(rows.indexOf(row)), new double[0]);
  }

  @Test
  void drops_duplicates_from_train_first_then_from_validation_and_never_from_test()
      throws IOException {
    Splitter.Assigned tested = splitSame(List.of(1, 0, 2, 0));
    assertThat(tested.subsets().getFirst()).containsExactlyInAnyOrder(1, 3);
    assertThat(tested.subsets().subList(1, 3)).containsExactly(new int[0], new int[0]);
    assertThat(tested.duplicates()).isEqualTo(2);

    Splitter.Assigned validated = splitSame(List.of(1, 2, 2));
    assertThat(validated.subsets()).containsExactly(new int[0], new int[0], new int[] {1});

    Splitter.Assigned trained = splitSame(List.of(1, 1));
    assertThat(trained.subsets()).containsExactly(new int[0], new int[] {0}, new int[0]);
  }

  @Test
  void samples_by_label() throws IOException {
    rows(900, "ham", 1);
    rows(100, "spam", 2);
    Splitter.Assigned assigned = split(recipe(3, false, 105));
    Map<String, Integer> all =
        labels(assigned.subsets().stream().flatMapToInt(Arrays::stream).toArray());
    // The shares are 94.5 and 10.5, with equal remainders, so the first label gets the odd row.
    assertThat(all).isEqualTo(Map.of("ham", 95, "spam", 10));
    assertThat(assigned.unsampled()).isEqualTo(895);
  }
}
