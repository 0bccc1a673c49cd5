package io.plumbline.evaluation.suite;

import io.plumbline.platform.problem.Problem;
import io.plumbline.statistics.MinimumDetectableEffect;
import io.plumbline.statistics.Proportion;
import io.plumbline.statistics.VerdictPlan;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The number of test items that a criterion needs for a number of releases. The formula is the one
 * by which underpowered criteria and runs are rejected. Each release needs a verdict, and a set of
 * test items carries as many verdicts as its criteria plan; after that fresh items are needed.
 *
 * @param spread the standard deviation between items that the plans assume
 * @param planned the plan with the requested number of verdicts per set
 * @param fewest the plan with the number of verdicts per set that needs the fewest items in total
 */
record RequiredItems(double spread, Plan planned, Plan fewest) {

  /** The largest number of verdicts that criteria may plan on a set of items. */
  static final int MAX_PLANNED = 20;

  static final int MAX_RELEASES = 1_000;

  /**
   * A plan of verdicts on sets of test items.
   *
   * @param itemsPerSet the items that each set needs, which grow with the verdicts planned on it
   * @param sets the number of sets of different items that the releases need
   * @param items the items of all sets together
   */
  record Plan(int plannedVerdicts, long itemsPerSet, long sets, long items) {}

  /**
   * Computes the number of items.
   *
   * @param spread the spread of a metric that is not a share; absent for a share, whose spread
   *     follows from its values
   * @throws Problem 400 when no number of items follows from the values
   */
  static RequiredItems of(
      double threshold,
      double alternative,
      double power,
      @Nullable Double spread,
      int plannedVerdicts,
      int releases) {
    if (threshold == alternative) {
      throw Problem.invalid(
          "alternative",
          "must differ from the threshold: it is the value beyond it that a variant worth having"
              + " is expected to have");
    }
    double planned =
        Objects.requireNonNullElseGet(spread, () -> spreadOfShare(threshold, alternative));
    double effect = Math.abs(alternative - threshold);
    Plan fewest =
        IntStream.rangeClosed(1, MAX_PLANNED)
            .mapToObj(verdicts -> plan(effect, power, planned, verdicts, releases))
            .min(Comparator.comparingLong(Plan::items).thenComparingInt(Plan::plannedVerdicts))
            .orElseThrow();
    return new RequiredItems(
        planned, plan(effect, power, planned, plannedVerdicts, releases), fewest);
  }

  private static double spreadOfShare(double threshold, double alternative) {
    if (!isShare(threshold) || !isShare(alternative)) {
      throw Problem.invalid(
          "spread",
          "is missing: it follows from threshold and alternative only where both are between 0 and"
              + " 1. Pass the standard deviation between items that a run over validation rows"
              + " measured");
    }
    return Proportion.maxStandardDeviation(threshold, alternative);
  }

  private static boolean isShare(double value) {
    return value >= 0 && value <= 1;
  }

  private static Plan plan(double effect, double power, double spread, int verdicts, int releases) {
    long itemsPerSet =
        Math.max(
            1,
            MinimumDetectableEffect.requiredItems(
                effect, new VerdictPlan(verdicts).alphaPerVerdict(), power, spread));
    long sets = Math.ceilDiv(releases, verdicts);
    return new Plan(verdicts, itemsPerSet, sets, itemsPerSet * sets);
  }
}
