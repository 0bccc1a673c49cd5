package io.plumbline.evaluation.leakage;

import io.plumbline.platform.similarity.NormalText;
import io.plumbline.platform.similarity.Shingles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Items inside longer texts: whose shingles are in the text to a share of at least 0.8
 * (containment, A. Z. Broder, On the resemblance and containment of documents, 1997), so that a
 * word changed here or there hides nothing. Items of fewer than {@value #LEAST_WORDS} words are
 * phrases that stand in texts by chance, and are not looked for.
 *
 * <p>Where enough of an item's shingles are in a text, so is at least one of any fifth of them (the
 * prefix filter of S. Chaudhuri, V. Ganti, R. Kaushik, 2006). A fifth of each item's, the rarest
 * among all items, lead from a text to the items that are worth a comparison. A text is compared
 * with {@value #MOST_COMPARED} items at most, so that texts and items of one boilerplate cost no
 * more than the number of both.
 */
final class ContainedItems {

  static final int LEAST_WORDS = 5;

  static final int MOST_COMPARED = 1_000;

  private static final double THRESHOLD = 0.8;

  /**
   * @param shingles distinct
   */
  private record Item(String id, long[] shingles) {

    boolean isIn(long[] sorted) {
      long found =
          LongStream.of(shingles).filter(each -> Arrays.binarySearch(sorted, each) >= 0).count();
      return found >= THRESHOLD * shingles.length;
    }
  }

  private final List<Item> items = new ArrayList<>();
  private final Map<Long, List<Item>> leads = new HashMap<>();
  private int indexed;

  void add(String id, NormalText text) {
    if (text.value().chars().filter(c -> c == ' ').count() >= LEAST_WORDS - 1) {
      items.add(new Item(id, LongStream.of(shingles(text)).distinct().toArray()));
    }
  }

  /** The ids of the items that are in a text. */
  Set<String> in(NormalText text) {
    index();
    long[] shingles = shingles(text);
    Set<Item> compared = new HashSet<>();
    Set<String> found = new HashSet<>();
    long[] sorted = {};
    for (long shingle : shingles) {
      for (Item item : leads.getOrDefault(shingle, List.of())) {
        if (compared.size() < MOST_COMPARED && compared.add(item)) {
          if (sorted.length == 0) {
            sorted = LongStream.of(shingles).sorted().toArray();
          }
          if (item.isIn(sorted)) {
            found.add(item.id);
          }
        }
      }
      if (compared.size() == MOST_COMPARED) {
        break;
      }
    }
    return found;
  }

  private void index() {
    if (indexed == items.size()) {
      return;
    }
    indexed = items.size();
    leads.clear();
    Map<Long, Integer> holders = new HashMap<>();
    items.forEach(
        item -> LongStream.of(item.shingles).forEach(each -> holders.merge(each, 1, Integer::sum)));
    Comparator<Long> rarest =
        Comparator.<Long>comparingInt(each -> holders.getOrDefault(each, 0))
            .thenComparing(Comparator.naturalOrder());
    for (Item item : items) {
      int fifth = (int) ((1 - THRESHOLD) * item.shingles.length) + 1;
      LongStream.of(item.shingles)
          .boxed()
          .sorted(rarest)
          .limit(fifth)
          .forEach(each -> leads.computeIfAbsent(each, e -> new ArrayList<>(1)).add(item));
    }
  }

  private static long[] shingles(NormalText text) {
    return Shingles.of(text, Integer.MAX_VALUE);
  }
}
