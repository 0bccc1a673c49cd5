package io.plumbline.strategy.plan;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.platform.problem.Problem;
import io.plumbline.statistics.MinimumDetectableEffect;
import io.plumbline.statistics.Proportion;
import io.plumbline.statistics.VerdictPlan;
import io.plumbline.strategy.StrategyProblem;
import io.plumbline.strategy.projection.Suite;
import java.util.List;
import java.util.Optional;

/**
 * Checks that a suite has enough items for the power that criteria register. Each criterion
 * registers an alternative, the value that a variant worth having is expected to have, and a power.
 * With enough items, a variant with that value meets the criterion at least with the probability
 * that the power names. Over a suite with fewer items, evaluation refuses every run, even if the
 * criteria were registered and approved.
 *
 * <p>The spread of a metric that has a largest value is taken to be that of a proportion between
 * threshold and alternative, which is a lower bound. The other conditions of evaluation cannot be
 * checked in advance: the spread of metrics for which validation has to measure it, and the number
 * of answers that remain after abstentions.
 */
record PowerCheck(CriteriaSet set, Suite suite) {

  /**
   * Requires enough items for each criterion.
   *
   * @throws Problem 409, recorded, if the suite has too few items
   */
  void requireEnoughItems() {
    List<String> lacking =
        set.criteria().stream().flatMap(each -> shortageText(each).stream()).toList();
    if (!lacking.isEmpty()) {
      throw new Problem(
              StrategyProblem.UNDERPOWERED,
              "The suite has too few items for the power that the criteria register. Name a suite"
                  + " of more items. An alternative farther from the threshold, less power or fewer"
                  + " planned verdicts need fewer items.")
          .withFieldError("/suiteDigest", "has too few items for the criteria that name it")
          .missing(lacking);
    }
  }

  private Optional<String> shortageText(Criterion criterion) {
    SuiteMetric metric = suite.metric(criterion.metric()).orElseThrow();
    if (metric.largest() == null) {
      return Optional.empty();
    }
    long needed =
        MinimumDetectableEffect.requiredItems(
            criterion.minimumEffect(),
            new VerdictPlan(set.plannedVerdicts()).alphaPerVerdict(),
            criterion.power(),
            Proportion.maxStandardDeviation(criterion.threshold(), criterion.alternative()));
    if (suite.isPartiallyApplicable(metric)) {
      // The scorer applies to a part of the items, of which there must be as many as registered.
      needed = Math.max(needed, criterion.sampleSize());
    }
    long items = suite.countItems(metric);
    if (items >= needed) {
      return Optional.empty();
    }
    return Optional.of(
        ("%s: %d %s, of which %s has %d, to see %s against a threshold of %s with a"
                + " probability of %s in one of %d planned verdicts")
            .formatted(
                criterion.metric(),
                needed,
                items(metric),
                suite.nameAndVersion(),
                items,
                criterion.alternative(),
                criterion.threshold(),
                criterion.power(),
                set.plannedVerdicts()));
  }

  private String items(SuiteMetric metric) {
    if (suite.isMeasuredOnPerturbed(metric)) {
      return "perturbed items";
    }
    return suite.isPartiallyApplicable(metric) ? "items to which it applies" : "items";
  }
}
