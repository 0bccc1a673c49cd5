package io.plumbline.evaluation.output;

import java.util.ArrayList;
import java.util.List;

/**
 * How often a scorer gives which scores to the unchanged items of a run.
 *
 * @param ranges from 0 to 1: both ends, which mean wrong and right, and ten of equal width between
 *     them
 * @param notApplicable items to which the scorer does not apply
 */
public record ScoreDistribution(String scorer, List<Range> ranges, int notApplicable) {

  /**
   * @param from the lowest score in it
   * @param to the score that all in it are below; that of all in it where {@code from} is the same
   */
  public record Range(double from, double to, int items) {}

  /** Ranges between the ends. */
  static final int BETWEEN = 10;

  /**
   * @param items by range; the first and the last are the ends
   */
  static ScoreDistribution of(String scorer, int[] items, int notApplicable) {
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < items.length; i++) {
      ranges.add(
          new Range(
              (double) Math.max(0, i - 1) / BETWEEN,
              (double) Math.min(BETWEEN, i) / BETWEEN,
              items[i]));
    }
    return new ScoreDistribution(scorer, List.copyOf(ranges), notApplicable);
  }
}
