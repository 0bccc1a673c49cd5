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
 * The rows that expect nothing, and the names of their metadata. An answer in a member that no
 * shape of lines knows becomes metadata, so its name is among them.
 */
final class RowsWithoutExpectation {

  /** The most names that are counted, and the most that are listed. */
  static final int MAX_COUNTED = 1_000;

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

  /** Says how many rows there are, and which members became metadata; empty without such rows. */
  Optional<String> note() {
    if (rows == 0) {
      return Optional.empty();
    }
    String said =
        rows == 1 ? "1 row has nothing expected" : "%,d rows have nothing expected".formatted(rows);
    if (members.isEmpty()) {
      return Optional.of(said + ": only scorers that need no expected answer apply to them.");
    }
    String listed =
        members.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MAX_LISTED)
            .map(
                member -> "%s (%,d)".formatted(ItemTexts.shown(member.getKey()), member.getValue()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        "%s; these members became metadata: %s%s. An answer among them belongs in expected."
            .formatted(said, listed, members.size() > MAX_LISTED ? ", …" : ""));
  }
}
