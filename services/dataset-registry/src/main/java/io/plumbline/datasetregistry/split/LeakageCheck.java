package io.plumbline.datasetregistry.split;

import io.plumbline.datasetregistry.quality.DuplicateClusters;
import io.plumbline.datasetregistry.quality.DuplicateIndex;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.similarity.NormalText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the finished subsets for rows with the same input in two of them. It reads the very files
 * that training and evaluation will use and compares their rows anew: it trusts neither the recipe
 * nor the groups that the splitter kept together.
 */
final class LeakageCheck implements AutoCloseable {

  static final int MAX_LISTED = 100;

  /**
   * The result of the check.
   *
   * @param pairs the number of pairs of rows in different subsets that are equal or connected by
   *     near-duplicates
   * @param listed the first {@value #MAX_LISTED} of them
   */
  record Outcome(long pairs, List<Leak> listed) {}

  /**
   * A subset.
   *
   * @param first the number of its first row among those of all subsets
   */
  private record Rows(String name, Path rows, int first) {}

  /** A pair of rows, by their numbers. */
  private record Pair(int left, int right) {}

  private final List<Rows> subsets = new ArrayList<>();
  private final DuplicateIndex duplicates;
  private int rows;

  LeakageCheck(Path directory) throws IOException {
    duplicates = new DuplicateIndex(directory);
  }

  /**
   * @param items a file that must stay until the check is done
   */
  void add(String subset, Path items) throws IOException {
    subsets.add(new Rows(subset, items, rows));
    try (ItemFile.Reader reader = new ItemFile.Reader(Files.newInputStream(items))) {
      for (Item item = reader.next(); item != null; item = reader.next()) {
        duplicates.add(NormalText.of(item.input().text()));
        rows++;
      }
    }
  }

  Outcome findLeaks() throws IOException {
    DuplicateClusters duplicateClusters = duplicates.cluster();
    long[] byGroup = new long[rows];
    for (int row = 0; row < rows; row++) {
      byGroup[row] = (long) duplicateClusters.firstConnectedRow(row) << 32 | row;
    }
    Arrays.sort(byGroup);
    long pairs = 0;
    List<Pair> listed = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= rows; to++) {
      if (to == rows || byGroup[to] >>> 32 != byGroup[from] >>> 32) {
        long across = countPairsAcross(byGroup, from, to);
        pairs += across;
        if (across > 0) {
          listPairs(byGroup, from, to, listed);
        }
        from = to;
      }
    }
    return new Outcome(pairs, toLeaks(listed, duplicateClusters));
  }

  /** Returns the number of pairs of a group whose rows are in different subsets. */
  private long countPairsAcross(long[] byGroup, int from, int to) {
    long[] perSubset = new long[subsets.size()];
    for (int at = from; at < to; at++) {
      perSubset[subsetOf((int) byGroup[at])]++;
    }
    long within = 0;
    for (long count : perSubset) {
      within += count * (count - 1) / 2;
    }
    long size = (long) to - from;
    return size * (size - 1) / 2 - within;
  }

  private int subsetOf(int row) {
    int subset = subsets.size() - 1;
    while (subsets.get(subset).first() > row) {
      subset--;
    }
    return subset;
  }

  private void listPairs(long[] byGroup, int from, int to, List<Pair> listed) {
    for (int i = from; i < to; i++) {
      for (int j = i + 1; j < to; j++) {
        if (listed.size() == MAX_LISTED) {
          return;
        }
        int left = (int) byGroup[i];
        int right = (int) byGroup[j];
        if (subsetOf(left) != subsetOf(right)) {
          listed.add(new Pair(left, right));
        }
      }
    }
  }

  private List<Leak> toLeaks(List<Pair> listed, DuplicateClusters duplicateClusters)
      throws IOException {
    Map<Integer, String> ids = itemIds(listed);
    return listed.stream()
        .map(pair -> {
          int left = pair.left();
          int right = pair.right();
          boolean exact =
              duplicateClusters.firstEqualRow(left) == duplicateClusters.firstEqualRow(right);
          return new Leak(
              exact ? "EXACT" : "NEAR",
              subsets.get(subsetOf(left)).name(),
              ids.getOrDefault(left, ""),
              subsets.get(subsetOf(right)).name(),
              ids.getOrDefault(right, ""),
              exact ? 1 : duplicates.similarity(left, right));
        })
        .toList();
  }

  /**
   * Returns the item ids of the listed rows. They are read again, because keeping the ids of all
   * rows would cost more than reading the few that are listed.
   */
  private Map<Integer, String> itemIds(List<Pair> listed) throws IOException {
    if (listed.isEmpty()) {
      return Map.of();
    }
    Map<Integer, String> ids = new HashMap<>();
    listed.forEach(pair -> {
      ids.put(pair.left(), "");
      ids.put(pair.right(), "");
    });
    for (Rows subset : subsets) {
      try (ItemFile.Reader reader = new ItemFile.Reader(Files.newInputStream(subset.rows()))) {
        int row = subset.first();
        for (Item item = reader.next(); item != null; item = reader.next()) {
          ids.replace(row++, item.itemId());
        }
      }
    }
    return ids;
  }

  @Override
  public void close() throws IOException {
    duplicates.close();
  }
}
