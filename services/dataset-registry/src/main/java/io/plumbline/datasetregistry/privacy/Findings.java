package io.plumbline.datasetregistry.privacy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what the detectors report and settles overlaps. */
final class Findings {

  private final List<Finding> found = new ArrayList<>();

  void add(SensitiveKind kind, int start, int end) {
    found.add(new Finding(kind, start, end));
  }

  /**
   * In order of place, none overlapping: of overlapping ones the span is joined, so that masking
   * leaves no rest of either.
   */
  List<Finding> settled() {
    if (found.size() < 2) {
      return List.copyOf(found);
    }
    found.sort(Comparator.comparingInt(Finding::start).thenComparing(Finding::kind));
    List<Finding> settled = new ArrayList<>(found.size());
    Finding last = found.getFirst();
    for (Finding next : found.subList(1, found.size())) {
      if (next.start() < last.end()) {
        SensitiveKind kind = next.kind().compareTo(last.kind()) < 0 ? next.kind() : last.kind();
        last = new Finding(kind, last.start(), Math.max(last.end(), next.end()));
      } else {
        settled.add(last);
        last = next;
      }
    }
    settled.add(last);
    return List.copyOf(settled);
  }
}
