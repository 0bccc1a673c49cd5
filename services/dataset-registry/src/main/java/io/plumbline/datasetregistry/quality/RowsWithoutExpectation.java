package io.plumbline.datasetregistry.quality;

import io.plumbline.datasetregistry.item.GivenSubset;
import io.plumbline.datasetregistry.item.ItemTexts;
import io.plumbline.items.Expected;
import io.plumbline.items.Item;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows without expectations, and the names of their metadata. An answer in a member that no
 * supported shape of lines has becomes metadata, so its name is among them.
 */
final class RowsWithoutExpectation {

  /** The maximum number of names that are counted. */
  static final int MAX_COUNTED = 1_000;

  /** The maximum number of names that are listed. */
  static final int MAX_LISTED = 10;

  private final Map<String, Long> members = new HashMap<>();
  private long rows;

  void add(Item item) {
    if (!item.expected().equals(Expected.NOTHING)) {
      return;
    }
    rows++;
    for (String name : item.metadata().keySet()) {
      if (!name.equals(GivenSubset.FIELD)
          && (members.containsKey(name) || members.size() < MAX_COUNTED)) {
        members.merge(name, 1L, Long::sum);
      }
    }
  }

  /**
   * Returns a note with the number of rows and the members that became metadata; empty if there are
   * no such rows.
   */
  Optional<String> note() {
    if (rows == 0) {
      return Optional.empty();
    }
    String count =
        rows == 1 ? "1 row has nothing expected" : "%,d rows have nothing expected".formatted(rows);
    if (members.isEmpty()) {
      return Optional.of(count + ": only scorers that need no expected answer apply to them.");
    }
    String listed =
        members.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MAX_LISTED)
            .map(member ->
                "%s (%,d)".formatted(ItemTexts.shownName(member.getKey()), member.getValue()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        "%s; these members became metadata: %s%s. An answer among them belongs in expected."
            .formatted(count, listed, members.size() > MAX_LISTED ? ", …" : ""));
  }
}
