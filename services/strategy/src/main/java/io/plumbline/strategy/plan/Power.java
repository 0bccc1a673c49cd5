package io.plumbline.strategy.plan;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.platform.problem.Problem;
import io.plumbline.statistics.Proportion;
import io.plumbline.statistics.SmallestEffect;
import io.plumbline.statistics.VerdictPlan;
import io.plumbline.strategy.StrategyProblem;
import io.plumbline.strategy.projection.SuiteProjection;
import java.util.List;
import java.util.Optional;

/**
 * Whether a suite has the items with which a variant of each alternative reaches the threshold as
 * often as its criterion registers. Where it has not, evaluation refuses every run, whatever was
 * registered and approved.
 *
 * <p>A metric that has a largest value spreads at least as a share between threshold and
 * alternative does. What else evaluation asks of a run is not known before: the spread of what
 * validation has to measure, and how many answers an abstention leaves.
 */
record Power(CriteriaSet set, SuiteProjection suite) {

  /**
   * @throws Problem 409, which is recorded, when items are too few
   */
  void require() {
    List<String> lacking = set.criteria().stream().flatMap(each -> lacking(each).stream()).toList();
    if (!lacking.isEmpty()) {
      throw new Problem(
              StrategyProblem.UNDERPOWERED,
              "Name a suite of more items. An alternative farther from the threshold, less power or"
                  + " fewer planned verdicts need fewer items.")
          .at("/suiteDigest", "has too few items for the criteria that name it")
          .missing(lacking);
    }
  }

  private Optional<String> lacking(Criterion criterion) {
    SuiteMetric metric = suite.metric(criterion.metric()).orElseThrow();
    if (metric.largest() == null) {
      return Optional.empty();
    }
    long needed =
        SmallestEffect.items(
            criterion.effect(),
            new VerdictPlan(set.plannedVerdicts()).alpha(),
            criterion.power(),
            Proportion.spread(criterion.threshold(), criterion.alternative()));
    if (suite.isPartial(metric)) {
      // Criteria register at most as many as the suite has, and of these some do not count.
      needed = Math.max(needed, criterion.sampleSize());
    }
    long items = suite.items(metric);
    return items >= needed
        ? Optional.empty()
        : Optional.of(
            ("%s: %d %s, of which %s has %d, to see %s against a threshold of %s with a"
                    + " probability of %s in one of %d planned verdicts")
                .formatted(
                    criterion.metric(),
                    needed,
                    items(metric),
                    suite.title(),
                    items,
                    criterion.alternative(),
                    criterion.threshold(),
                    criterion.power(),
                    set.plannedVerdicts()));
  }

  private String items(SuiteMetric metric) {
    if (suite.ofPerturbed(metric)) {
      return "perturbed items";
    }
    return suite.isPartial(metric) ? "items to which it applies" : "items";
  }
}
