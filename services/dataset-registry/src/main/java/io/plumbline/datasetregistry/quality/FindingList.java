package io.plumbline.datasetregistry.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts all findings and keeps the first ones of each kind, so that a file full of findings does
 * not fill the database.
 */
final class FindingList {

  static final int MAX_LISTED = 1_000;

  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<String, List<RowFinding>> listed = new TreeMap<>();

  void add(RowFinding finding) {
    counts.merge(finding.kind(), 1L, Long::sum);
    List<RowFinding> kept = listed.computeIfAbsent(finding.kind(), kind -> new ArrayList<>());
    if (kept.size() < MAX_LISTED) {
      kept.add(finding);
    }
  }

  /**
   * Returns whether another finding of the kind would be kept. A caller need not build the detail
   * of one that would not.
   */
  boolean hasRoomFor(String kind) {
    return listed.getOrDefault(kind, List.of()).size() < MAX_LISTED;
  }

  /** Counts a finding of the kind without keeping it. */
  void countOnly(String kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  List<Report.FindingCount> counts() {
    return counts.entrySet().stream()
        .map(entry ->
            new Report.FindingCount(
                entry.getKey(),
                entry.getValue(),
                listed.getOrDefault(entry.getKey(), List.of()).size()))
        .toList();
  }

  List<RowFinding> listed() {
    return listed.values().stream().flatMap(List::stream).toList();
  }
}
