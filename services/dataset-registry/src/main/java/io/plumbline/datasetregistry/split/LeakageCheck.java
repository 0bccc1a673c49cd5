package io.plumbline.datasetregistry.split;

import io.plumbline.datasetregistry.quality.Clusters;
import io.plumbline.datasetregistry.quality.DuplicateIndex;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.similarity.NormalText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks into the finished parts for rows that say the same in two of them. It reads the very files
 * that others will train and evaluate on and compares them anew: it trusts neither the recipe nor
 * the groups the splitter kept together.
 */
final class LeakageCheck implements AutoCloseable {

  static final int MOST_LISTED = 100;

  /**
   * @param pairs of rows in different subsets that are equal or connected by near-duplicates
   * @param listed the first of them
   */
  record Outcome(long pairs, List<Leak> listed) {}

  private record Place(int subset, String itemId) {}

  private final List<String> names = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final DuplicateIndex duplicates;

  LeakageCheck(Path directory) throws IOException {
    duplicates = new DuplicateIndex(directory);
  }

  void add(String subset, Path rows) throws IOException {
    int number = names.size();
    names.add(subset);
    try (ItemFile.Reader reader = new ItemFile.Reader(Files.newInputStream(rows))) {
      for (Item item = reader.next(); item != null; item = reader.next()) {
        duplicates.add(NormalText.of(item.text()));
        places.add(new Place(number, item.itemId()));
      }
    }
  }

  Outcome check() {
    Clusters clusters = duplicates.near();
    Map<Integer, List<Integer>> groups = new HashMap<>();
    for (int row = 0; row < clusters.size(); row++) {
      if (clusters.near(row) != row) {
        groups
            .computeIfAbsent(clusters.near(row), first -> new ArrayList<>(List.of(first)))
            .add(row);
      }
    }
    long pairs = 0;
    List<Leak> listed = new ArrayList<>();
    for (List<Integer> group :
        groups.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList()) {
      long[] perSubset = new long[names.size()];
      for (int row : group) {
        perSubset[places.get(row).subset()]++;
      }
      long within = 0;
      for (long count : perSubset) {
        within += count * (count - 1) / 2;
      }
      long across = (long) group.size() * (group.size() - 1) / 2 - within;
      pairs += across;
      if (across > 0) {
        list(group, clusters, listed);
      }
    }
    return new Outcome(pairs, List.copyOf(listed));
  }

  private void list(List<Integer> group, Clusters clusters, List<Leak> listed) {
    for (int i = 0; i < group.size(); i++) {
      for (int j = i + 1; j < group.size(); j++) {
        if (listed.size() == MOST_LISTED) {
          return;
        }
        int left = group.get(i);
        int right = group.get(j);
        if (places.get(left).subset() != places.get(right).subset()) {
          boolean exact = clusters.exact(left) == clusters.exact(right);
          listed.add(
              new Leak(
                  exact ? "EXACT" : "NEAR",
                  names.get(places.get(left).subset()),
                  places.get(left).itemId(),
                  names.get(places.get(right).subset()),
                  places.get(right).itemId(),
                  exact ? 1 : duplicates.similarity(left, right)));
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    duplicates.close();
  }
}
