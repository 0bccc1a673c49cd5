package io.plumbline.evaluation.leakage;

import io.plumbline.evaluation.leakage.Leakage.Source;
import io.plumbline.platform.similarity.MinHash;
import io.plumbline.platform.similarity.NormalText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The items of a suite, to be compared with texts that stream by: equal after normalisation,
 * {@linkplain ContainedItems inside} a longer text, or near-duplicates, as the dataset registry
 * compares the rows of a split. Candidates of near-duplicates come from buckets of 25 bands of 5
 * (Leskovec, Rajaraman, Ullman, chapter 3) and are confirmed by the whole signature: at the
 * threshold of 0.8 a pair shares a band with probability {@code 1-(1-0.8^5)^25 > 0.9999}. Empty
 * texts match nothing.
 */
final class ItemSketches {

  static final double THRESHOLD = 0.8;

  private static final int BANDS = 25;
  private static final int BAND_ROWS = MinHash.SIZE / BANDS;

  private static final class Item {

    private final String id;
    private final int[] signature;

    Item(String id, NormalText text) {
      this.id = id;
      this.signature = MinHash.signature(text);
    }
  }

  private final ContainedItems contained = new ContainedItems();
  private final Map<NormalText.Key, List<String>> equal = new HashMap<>();
  private final Map<Long, List<Item>> near = new HashMap<>();
  private final Map<Source, Set<String>> found = new EnumMap<>(Source.class);
  private int items;

  void add(String id, String text) {
    items++;
    NormalText normal = NormalText.of(text);
    if (normal.isEmpty()) {
      return;
    }
    equal.computeIfAbsent(normal.key(), key -> new ArrayList<>()).add(id);
    contained.add(id, normal);
    Item item = new Item(id, normal);
    for (long band : bands(item.signature)) {
      near.computeIfAbsent(band, b -> new ArrayList<>()).add(item);
    }
  }

  /** Finds the items that a text is, is nearly, or has in it. */
  void compare(Source source, String text) {
    NormalText normal = NormalText.of(text);
    if (normal.isEmpty()) {
      return;
    }
    Set<String> leaking = found.computeIfAbsent(source, s -> new HashSet<>());
    leaking.addAll(equal.getOrDefault(normal.key(), List.of()));
    leaking.addAll(contained.in(normal));
    int[] signature = MinHash.signature(normal);
    for (long band : bands(signature)) {
      for (Item item : near.getOrDefault(band, List.of())) {
        if (!leaking.contains(item.id)
            && MinHash.similarity(signature, item.signature) >= THRESHOLD) {
          leaking.add(item.id);
        }
      }
    }
  }

  private static long[] bands(int[] signature) {
    return MinHash.bands(signature, BANDS, BAND_ROWS);
  }

  /** The ids of all items that were found, in order. */
  SortedSet<String> leaking() {
    TreeSet<String> ids = new TreeSet<>();
    found.values().forEach(ids::addAll);
    return ids;
  }

  Leakage leakage() {
    Map<Source, Integer> sources = new EnumMap<>(Source.class);
    found.forEach((source, ids) -> {
      if (!ids.isEmpty()) {
        sources.put(source, ids.size());
      }
    });
    return new Leakage(items, leaking().size(), sources);
  }
}
