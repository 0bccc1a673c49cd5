package io.plumbline.evaluation.run;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.PowerPlan;
import io.plumbline.evaluation.metric.Metric;
import io.plumbline.evaluation.projection.Criteria;
import io.plumbline.evaluation.statistics.SmallestEffect;
import io.plumbline.evaluation.suite.Suite;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Whether a suite has the items that criteria need to show what they plan to show. */
final class Power {

  private Power() {}

  /** One sentence for each criterion with less power on the suite than it registers. */
  static List<String> lacking(Criteria criteria, Suite suite) {
    return criteria.criteria().stream()
        .flatMap(criterion -> lacking(criterion, criteria, suite).stream())
        .toList();
  }

  private static Optional<String> lacking(Criterion criterion, Criteria criteria, Suite suite) {
    PowerPlan power = criterion.power();
    Metric metric = Metric.named(criterion.metric()).orElse(null);
    if (power == null || metric == null) {
      return Optional.empty();
    }
    OptionalDouble spread = spread(criterion, metric, power);
    if (spread.isEmpty()) {
      return Optional.empty();
    }
    long needed =
        SmallestEffect.items(
            power.smallestEffect(), criteria.plan().alpha(), power.power(), spread.getAsDouble());
    int items = metric == Metric.CONSISTENCY ? suite.perturbed() : suite.originals();
    return items >= needed
        ? Optional.empty()
        : Optional.of(
            ("%s: %d items, of which the suite has %d, to see an effect of %s"
                    + " with a probability of %s in one of %d verdicts")
                .formatted(
                    criterion.metric(),
                    needed,
                    items,
                    power.smallestEffect(),
                    power.power(),
                    criteria.plan().planned()));
  }

  /**
   * As registered; for a share of the items that of the binomial distribution, the larger one of
   * threshold and alternative.
   */
  private static OptionalDouble spread(Criterion criterion, Metric metric, PowerPlan power) {
    if (power.spread() != null) {
      return OptionalDouble.of(power.spread());
    }
    if (!metric.isProportion()) {
      return OptionalDouble.empty();
    }
    double better = criterion.direction() == Direction.AT_LEAST ? 1 : -1;
    return OptionalDouble.of(
        Math.max(
            binomial(criterion.threshold()),
            binomial(criterion.threshold() + better * power.smallestEffect())));
  }

  private static double binomial(double share) {
    double bounded = Math.clamp(share, 0, 1);
    return Math.sqrt(bounded * (1 - bounded));
  }
}
