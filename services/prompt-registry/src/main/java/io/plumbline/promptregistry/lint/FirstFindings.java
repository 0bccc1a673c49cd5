package io.plumbline.promptregistry.lint;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The first findings of a rule by their severity, so that no number of warnings hides an error. A
 * text of 100 KB can break a rule 20,000 times, and nobody reads on after the first.
 */
final class FirstFindings {

  /** The most findings of one rule and one severity. */
  static final int MAX = 50;

  private final List<Finding> kept = new ArrayList<>();
  private final Map<Finding.Severity, Integer> counts = new EnumMap<>(Finding.Severity.class);

  /**
   * Adds a finding unless there are enough of its severity.
   *
   * @param finding makes the finding, which counts lines up to its place
   */
  void add(Finding.Severity severity, Supplier<Finding> finding) {
    if (counts.merge(severity, 1, Integer::sum) <= MAX) {
      kept.add(finding.get());
    }
  }

  List<Finding> kept() {
    return List.copyOf(kept);
  }
}
