package io.plumbline.evaluation.leakage;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The leakage of a suite's items into the content that a variant used, where they occur equal,
 * nearly equal, or as part of a longer text.
 *
 * @param items the number of items that were compared, without perturbed ones
 * @param leaking how many of the items were found
 * @param sources how many were found in each source; one item may be in several
 */
public record Leakage(int items, int leaking, Map<Source, Integer> sources) {

  /** A kind of content that a variant used. */
  public enum Source {
    TRAINING("the training set"),
    VALIDATION("the validation subset that chose the checkpoint"),
    EXAMPLES("the prompt's examples"),
    PROMPT("the rest of the prompt"),
    INDEX("the index");

    private final String title;

    Source(String title) {
      this.title = title;
    }
  }

  /**
   * The share of leaking items above which a run is no evidence, even if the leaking items are left
   * out.
   */
  public static final double TOLERATED = 0.01;

  public Leakage {
    sources = Collections.unmodifiableMap(new TreeMap<>(sources));
  }

  /** Returns whether the share of leaking items is above the tolerated one. */
  public boolean exceedsTolerance() {
    return leaking > TOLERATED * items;
  }

  /** Returns why the run is rejected: how many items leaked into which sources, and what to do. */
  String refusalReason() {
    List<String> found =
        sources.entrySet().stream().map(e -> e.getValue() + " in " + e.getKey().title).toList();
    return ("Leaking items: %d of %d items (%.1f%%, tolerated are %.0f%%) are in what the variant"
            + " used: %s. Evaluate it on a suite whose items it did not use, or train, index or"
            + " prompt without them.")
        .formatted(
            leaking, items, 100.0 * leaking / items, 100 * TOLERATED, String.join(", ", found));
  }
}
