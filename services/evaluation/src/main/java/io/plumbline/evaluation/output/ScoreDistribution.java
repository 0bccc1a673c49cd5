package io.plumbline.evaluation.output;

import java.util.ArrayList;
import java.util.List;

/**
 * The distribution of the scores that a scorer gives to the original items of a run.
 *
 * @param ranges the ranges from 0 to 1: one for each end, which mean wrong and right, and ten of
 *     equal width between them
 * @param notApplicable the number of items to which the scorer does not apply
 */
public record ScoreDistribution(String scorer, List<Range> ranges, int notApplicable) {

  /**
   * A range of scores.
   *
   * @param from the lowest score in the range
   * @param to the upper end, which is not in the range unless {@code from} is the same
   */
  public record Range(double from, double to, int items) {}

  /** The number of ranges between the ends. */
  static final int INNER_RANGES = 10;

  /**
   * Returns the distribution of counted items.
   *
   * @param items the number of items by range: first those with score 0, then those of the ten
   *     ranges between, last those with score 1
   */
  static ScoreDistribution of(String scorer, int[] items, int notApplicable) {
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < items.length; i++) {
      ranges.add(
          new Range(
              (double) Math.max(0, i - 1) / INNER_RANGES,
              (double) Math.min(INNER_RANGES, i) / INNER_RANGES,
              items[i]));
    }
    return new ScoreDistribution(scorer, List.copyOf(ranges), notApplicable);
  }
}
