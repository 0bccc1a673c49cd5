package io.plumbline.datasetregistry.split;

import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.quality.DuplicateClusters;
import io.plumbline.datasetregistry.quality.DuplicateIndex;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.similarity.NormalText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of a version as a split needs them. They take about 30 bytes of heap each, because texts
 * stay on disk. Rows without a letter or digit are marked as empty.
 */
final class SplitRows {

  static final int NONE = -1;

  private final long[] offsets;
  private final long[] keys;
  private final int[] labels;
  private final int[] assigned;
  private final boolean[] empty;
  private final DuplicateClusters duplicateClusters;

  private SplitRows(
      long[] offsets,
      long[] keys,
      int[] labels,
      int[] assigned,
      boolean[] empty,
      DuplicateClusters duplicateClusters) {
    this.offsets = offsets;
    this.keys = keys;
    this.labels = labels;
    this.assigned = assigned;
    this.empty = empty;
    this.duplicateClusters = duplicateClusters;
  }

  /**
   * Reads the rows of a version.
   *
   * @param seed the seed of the rows' random order; the same seed gives the same order
   * @param assignment the subset that a row is assigned to; {@link #NONE} if the recipe does not
   *     assign it
   */
  static SplitRows read(
      InputStream content, int count, long seed, Assignment assignment, Path directory)
      throws IOException {
    long[] offsets = new long[count];
    long[] keys = new long[count];
    int[] labels = new int[count];
    int[] assigned = new int[count];
    boolean[] empty = new boolean[count];
    Map<String, Integer> labelNumbers = new HashMap<>();
    try (DuplicateIndex duplicates = new DuplicateIndex(directory)) {
      ItemFile.read(
          content,
          (index, offset, item) -> {
            offsets[index] = offset;
            keys[index] = orderKey(seed, item.itemId());
            labels[index] =
                item.label()
                    .map(label ->
                        labelNumbers.computeIfAbsent(label, each -> labelNumbers.size() + 1))
                    .orElse(0);
            assigned[index] = assignment.subset(item);
            // Rows are compared by their input, even in preferences, so that equal prompts are in
            // one subset.
            NormalText normal = NormalText.of(item.input().text());
            empty[index] = normal.isEmpty() && NormalText.of(item.text()).isEmpty();
            duplicates.add(normal);
          });
      return new SplitRows(
          offsets,
          keys,
          renumberByName(labels, labelNumbers),
          assigned,
          empty,
          duplicates.cluster());
    }
  }

  /** A function that returns the index of the subset to which a row is assigned. */
  @FunctionalInterface
  interface Assignment {
    int subset(Item item);
  }

  /** Renumbers labels by name, so that the order in which they occur does not matter. */
  private static int[] renumberByName(int[] labels, Map<String, Integer> numbers) {
    int[] renumbered = new int[numbers.size() + 1];
    int next = 1;
    for (int number : new TreeMap<>(numbers).values()) {
      renumbered[number] = next++;
    }
    return Arrays.stream(labels).map(label -> renumbered[label]).toArray();
  }

  private static long orderKey(long seed, String itemId) {
    return ByteBuffer.wrap(Digest.ofText(seed + "/" + itemId).bytes()).getLong();
  }

  int size() {
    return offsets.length;
  }

  long offset(int row) {
    return offsets[row];
  }

  long orderKey(int row) {
    return keys[row];
  }

  int labelNumber(int row) {
    return labels[row];
  }

  int assignedSubset(int row) {
    return assigned[row];
  }

  boolean isEmpty(int row) {
    return empty[row];
  }

  /** Returns the first row of the group of near-duplicates that stays together. */
  int groupOf(int row) {
    return duplicateClusters.firstConnectedRow(row);
  }
}
