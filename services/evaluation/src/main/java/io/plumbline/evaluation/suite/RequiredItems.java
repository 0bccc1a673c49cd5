package io.plumbline.evaluation.suite;

import io.plumbline.platform.problem.Problem;
import io.plumbline.statistics.Proportion;
import io.plumbline.statistics.SmallestEffect;
import io.plumbline.statistics.VerdictPlan;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The number of test items that a criterion takes for a number of releases. The formula is the one
 * by which criteria and runs are refused as underpowered. Each release needs a verdict, and a set
 * of test items carries as many as its criteria plan: afterwards it takes fresh items.
 *
 * @param spread the standard deviation between items that was planned with
 * @param planned with the verdicts that were asked for
 * @param fewest with the number of verdicts that takes the fewest items together
 */
record RequiredItems(double spread, Plan planned, Plan fewest) {

  /** The most verdicts that criteria may plan on a set of items. */
  static final int MAX_PLANNED = 20;

  static final int MAX_RELEASES = 1_000;

  /**
   * A plan of verdicts on sets of test items.
   *
   * @param itemsPerSet that each set needs; more, the more verdicts are planned on it
   * @param sets that so many releases take, each of other items
   * @param items of all sets together
   */
  record Plan(int plannedVerdicts, long itemsPerSet, long sets, long items) {}

  /**
   * @param spread of a metric that is no share; absent for a share, whose spread follows from its
   *     values
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
    double planned = spread == null ? ofShare(threshold, alternative) : spread;
    double effect = Math.abs(alternative - threshold);
    Plan fewest =
        IntStream.rangeClosed(1, MAX_PLANNED)
            .mapToObj(verdicts -> plan(effect, power, planned, verdicts, releases))
            .min(Comparator.comparingLong(Plan::items).thenComparingInt(Plan::plannedVerdicts))
            .orElseThrow();
    return new RequiredItems(
        planned, plan(effect, power, planned, plannedVerdicts, releases), fewest);
  }

  private static double ofShare(double threshold, double alternative) {
    if (!isShare(threshold) || !isShare(alternative)) {
      throw Problem.invalid(
          "spread",
          "is missing: it follows from threshold and alternative only where both are between 0 and"
              + " 1. Pass the standard deviation between items that a run over validation rows"
              + " measured");
    }
    return Proportion.spread(threshold, alternative);
  }

  private static boolean isShare(double value) {
    return value >= 0 && value <= 1;
  }

  private static Plan plan(double effect, double power, double spread, int verdicts, int releases) {
    long itemsPerSet =
        Math.max(1, SmallestEffect.items(effect, new VerdictPlan(verdicts).alpha(), power, spread));
    long sets = Math.ceilDiv(releases, verdicts);
    return new Plan(verdicts, itemsPerSet, sets, itemsPerSet * sets);
  }
}
