package io.plumbline.sensitivedata;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Collects what the detectors report and merges overlaps. */
final class Findings {

  private final List<Finding> found = new ArrayList<>();

  void add(SensitiveKind kind, int start, int end) {
    found.add(new Finding(kind, start, end));
  }

  /**
   * Returns the findings in the order of their place. Overlapping findings are merged, so that
   * masking leaves no remainder of either.
   */
  List<Finding> merged() {
    if (found.size() < 2) {
      return List.copyOf(found);
    }
    found.sort(Comparator.comparingInt(Finding::start).thenComparing(Finding::kind));
    List<Finding> merged = new ArrayList<>(found.size());
    Finding last = found.getFirst();
    for (Finding next : found.subList(1, found.size())) {
      if (next.start() < last.end()) {
        SensitiveKind kind = Collections.min(List.of(last.kind(), next.kind()));
        last = new Finding(kind, last.start(), Math.max(last.end(), next.end()));
      } else {
        merged.add(last);
        last = next;
      }
    }
    merged.add(last);
    return List.copyOf(merged);
  }
}
