package io.plumbline.evaluation.run;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Measure;
import io.plumbline.evaluation.metric.Metric;
import io.plumbline.evaluation.projection.Criteria;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.platform.problem.Problem;
import io.plumbline.statistics.Interval;
import io.plumbline.statistics.MinimumDetectableEffect;
import io.plumbline.statistics.Proportion;
import io.plumbline.statistics.Quantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The check that a suite has enough items for its criteria. Each criterion registers an
 * alternative, the value that a variant worth having is expected to have, and a power. A variant
 * with that value must pass the criterion at least with the probability that the power names.
 * Otherwise a run would spend an attempt on items that can show nothing.
 *
 * <p>The spread of a share follows from its value. It is that of the binomial distribution between
 * threshold and alternative, whatever a variant reaches on validation. The same holds for the mean
 * of a score from 0 to 1, whose interval is computed with it. The spread of any other metric is
 * measured on validation rows. If the metric has a largest value, its spread counts as at least
 * that of a share, since a variant near the largest value spreads less on validation than it would
 * at the alternative.
 *
 * <p>A metric is over the items to which its scorer applies. Where the answers decide that, as with
 * abstentions, the share of these items is taken from validation.
 *
 * <p>Metrics that the suite does not measure are left out, since their criteria are inconclusive.
 *
 * @param measured the measure of a metric in the variant's run over validation rows
 */
record PowerCheck(
    Criteria criteria,
    Suite suite,
    Function<Metric, Optional<ExplorationResults.ValidationRun>> measured) {

  /**
   * Checks the power of each criterion.
   *
   * @throws Problem 409, which is recorded, when a spread was not measured and when items are too
   *     few
   */
  void requireEnoughItems() {
    List<String> unmeasured = new ArrayList<>();
    List<String> lacking = new ArrayList<>();
    for (Criterion criterion : criteria.criteria()) {
      Metric metric = suite.definition().metric(criterion.metric()).orElse(null);
      if (metric == null) {
        continue;
      }
      OptionalDouble spread = spread(criterion, metric);
      OptionalLong items = items(metric);
      if (spread.isEmpty() || items.isEmpty()) {
        unmeasured.add(missingRunText(metric));
      } else {
        shortageText(criterion, metric, spread.getAsDouble(), items.getAsLong())
            .ifPresent(lacking::add);
      }
    }
    Digest split = suite.definition().splitDigest();
    if (!unmeasured.isEmpty()) {
      throw RunProblem.spreadUnmeasured(split, unmeasured);
    }
    if (!lacking.isEmpty()) {
      throw RunProblem.underpowered(lacking);
    }
  }

  private OptionalDouble spread(Criterion criterion, Metric metric) {
    double share = Proportion.maxStandardDeviation(criterion.threshold(), criterion.alternative());
    if (metric.statistic().isBoundedMean()) {
      return OptionalDouble.of(share);
    }
    Measure measure =
        measured.apply(metric).map(ExplorationResults.ValidationRun::measure).orElse(null);
    if (measure == null || measure.low() == null || measure.high() == null) {
      return OptionalDouble.empty();
    }
    double spread =
        MinimumDetectableEffect.impliedStandardDeviation(
            new Interval(measure.low(), measure.high()),
            Measure.CONFIDENCE,
            measure.observations());
    if (metric.largestValue().isEmpty()) {
      return OptionalDouble.of(spread);
    }
    return OptionalDouble.of(Math.max(spread, share));
  }

  private static String missingRunText(Metric metric) {
    OptionalDouble quantile = metric.quantile();
    if (quantile.isEmpty()) {
      return "a run of this subject over validation rows that measures " + metric.name();
    }
    return "a run of this subject over at least %d validation rows that measures %s"
        .formatted(
            Quantiles.minimumItems(quantile.getAsDouble(), Measure.CONFIDENCE), metric.name());
  }

  /**
   * Returns the number of items that a metric is over; empty where that depends on the answers and
   * was not measured on validation.
   */
  private OptionalLong items(Metric metric) {
    if (!metric.statistic().dependsOnAnswers()) {
      return OptionalLong.of(suite.countItemsOf(metric));
    }
    return measured
        .apply(metric)
        .map(explored ->
            OptionalLong.of(
                Math.min(
                    suite.countItemsOf(metric), (long) (explored.share() * suite.originals()))))
        .orElseGet(OptionalLong::empty);
  }

  private Optional<String> shortageText(
      Criterion criterion, Metric metric, double spread, long items) {
    long needed = needed(criterion, metric, spread);
    if (isPartiallyApplicable(metric, items)) {
      // The registered sample size may be up to all items of the suite, some of which do not count.
      needed = Math.max(needed, criterion.sampleSize());
    }
    if (items >= needed) {
      return Optional.empty();
    }
    return Optional.of(
        ("%s: %d %s, of which the suite has %d, to see %s against a threshold of %s with a"
                + " probability of %s in one of %d planned verdicts")
            .formatted(
                criterion.metric(),
                needed,
                items(metric, items),
                items,
                criterion.alternative(),
                criterion.threshold(),
                criterion.power(),
                criteria.plan().planned()));
  }

  private String items(Metric metric, long items) {
    if (metric.equals(Metric.CONSISTENCY)) {
      return "perturbed items";
    }
    return isPartiallyApplicable(metric, items) ? "items to which it applies" : "items";
  }

  private boolean isPartiallyApplicable(Metric metric, long items) {
    return !metric.equals(Metric.CONSISTENCY) && items < suite.originals();
  }

  /** Returns the number of items that a criterion needs; a quantile's interval needs a minimum. */
  private long needed(Criterion criterion, Metric metric, double spread) {
    long items =
        MinimumDetectableEffect.requiredItems(
            criterion.minimumEffect(),
            criteria.plan().alphaPerVerdict(),
            criterion.power(),
            spread);
    OptionalDouble quantile = metric.quantile();
    if (quantile.isEmpty()) {
      return Math.max(1, items);
    }
    return Math.max(
        items,
        Quantiles.minimumItems(quantile.getAsDouble(), criteria.plan().intervalConfidence()));
  }
}
