package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.experiment.Judgement.Judged;
import io.plumbline.evaluation.metric.Measure;
import io.plumbline.evaluation.metric.Metric;
import io.plumbline.evaluation.metric.Pairing;
import io.plumbline.statistics.BoundedMean;
import io.plumbline.statistics.Interval;
import io.plumbline.statistics.MinimumDetectableEffect;
import io.plumbline.statistics.Quantiles;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which a run is judged against each criterion.
 *
 * @param metrics the metrics that the suite measures
 * @param unmeasured why a metric has no measure, by its name
 * @param confidence the level of every interval
 */
record CriterionCheck(
    List<Metric> metrics,
    Map<String, Measure> measures,
    Map<String, String> unmeasured,
    @Nullable Pairing pairing,
    double confidence,
    long seed) {

  private static final long BEYOND_REACH = 1_000_000;

  private record Finding(Outcome outcome, String reason, @Nullable Long moreItems) {}

  Judged judge(Criterion criterion) {
    Measure measured = measures.get(criterion.metric());
    if (measured == null) {
      return judged(criterion, unmeasuredFinding(criterion), null, null);
    }
    Finding finding = compareWithThreshold(criterion, measured);
    if (criterion.margin() <= 0) {
      return judged(criterion, finding, measured, null);
    }
    Measure difference = difference(criterion);
    if (finding.outcome == Outcome.FAIL) {
      return judged(criterion, finding, measured, difference);
    }
    Finding loss =
        difference == null
            ? missingBaselineFinding(criterion)
            : compareWithBaseline(criterion, difference);
    boolean thresholdDecides =
        loss.outcome == Outcome.PASS
            || (finding.outcome == Outcome.INCONCLUSIVE && loss.outcome == Outcome.INCONCLUSIVE);
    return judged(criterion, thresholdDecides ? finding : loss, measured, difference);
  }

  private @Nullable Measure difference(Criterion criterion) {
    if (pairing == null) {
      return null;
    }
    return metric(criterion)
        .map(metric -> pairing.difference(metric, confidence, seed))
        .orElse(null);
  }

  private Judged judged(
      Criterion criterion,
      Finding finding,
      @Nullable Measure measured,
      @Nullable Measure difference) {
    return new Judged(
        criterion.metric(),
        criterion.direction(),
        criterion.threshold(),
        criterion.margin(),
        finding.outcome,
        measured,
        difference,
        smallestEffect(criterion, difference == null ? measured : difference),
        finding.moreItems,
        finding.reason);
  }

  private Optional<Metric> metric(Criterion criterion) {
    return metrics.stream().filter(metric -> metric.name().equals(criterion.metric())).findFirst();
  }

  private @Nullable Double smallestEffect(Criterion criterion, @Nullable Measure measure) {
    if (measure == null || measure.low() == null || measure.high() == null) {
      return null;
    }
    return MinimumDetectableEffect.of(
        new Interval(measure.low(), measure.high()), confidence, criterion.power());
  }

  private Finding unmeasuredFinding(Criterion criterion) {
    String reason = unmeasured.get(criterion.metric());
    // A cost keeps the text that older verdicts have, since a replay has to give the same text.
    if (criterion.metric().equals(Metric.COST_PER_1000.name())) {
      return inconclusiveFinding(criterion, "list a price for the model");
    }
    return inconclusiveFinding(
        criterion,
        Objects.requireNonNullElse(reason, "run a suite with a scorer that measures it"));
  }

  private static Finding inconclusiveFinding(Criterion criterion, String reason) {
    return new Finding(
        Outcome.INCONCLUSIVE,
        "%s was not measured: %s".formatted(criterion.metric(), reason),
        null);
  }

  private static Finding missingBaselineFinding(Criterion criterion) {
    return new Finding(
        Outcome.INCONCLUSIVE,
        ("%s has a margin of %s, but no baseline that measured it on the items of this run had been"
                + " recorded when it started: record another run of the same suite as a baseline"
                + " before the runs that are compared with it")
            .formatted(criterion.metric(), number(criterion.margin())),
        null);
  }

  private Finding compareWithThreshold(Criterion criterion, Measure measured) {
    boolean atLeast = criterion.direction() == Direction.AT_LEAST;
    Double worst = atLeast ? measured.low() : measured.high();
    Double best = atLeast ? measured.high() : measured.low();
    String value =
        "%s is %s, %s interval %s to %s"
            .formatted(
                criterion.metric(),
                number(measured.value()),
                confidenceText(),
                formatBound(measured.low()),
                formatBound(measured.high()));
    String wanted = (atLeast ? "at least " : "at most ") + number(criterion.threshold());
    if (measured.observations() < criterion.sampleSize()) {
      long more = criterion.sampleSize() - measured.observations();
      return new Finding(
          Outcome.INCONCLUSIVE,
          "%s, from %d items, but the criterion registers %d: %d more items are needed"
              .formatted(value, measured.observations(), criterion.sampleSize(), more),
          more);
    }
    if (worst != null && reaches(criterion, worst)) {
      return new Finding(Outcome.PASS, value + ": " + wanted + " is shown", null);
    }
    if (best != null && !reaches(criterion, best)) {
      return new Finding(Outcome.FAIL, value + ": " + wanted + " is missed", null);
    }
    OptionalInt minimum = minimumItems(criterion);
    if (worst == null && minimum.isPresent() && measured.observations() < minimum.getAsInt()) {
      long more = minimum.getAsInt() - measured.observations();
      return new Finding(
          Outcome.INCONCLUSIVE,
          "%s, from %d items, but its interval needs %d: %d more items are needed"
              .formatted(value, measured.observations(), minimum.getAsInt(), more),
          more);
    }
    Optional<Long> more = estimateMoreItems(criterion, measured);
    String remedy =
        more.map(n -> "about %d more items would decide it at this value".formatted(n))
            .orElse("the value is too close to the threshold for any number of items to decide it");
    return new Finding(
        Outcome.INCONCLUSIVE,
        value + ": " + wanted + " is neither shown nor missed; " + remedy,
        more.orElse(null));
  }

  private OptionalInt minimumItems(Criterion criterion) {
    OptionalDouble quantile =
        metric(criterion).map(Metric::quantile).orElseGet(OptionalDouble::empty);
    if (quantile.isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Quantiles.minimumItems(quantile.getAsDouble(), confidence));
  }

  private Finding compareWithBaseline(Criterion criterion, Measure difference) {
    boolean atLeast = criterion.direction() == Direction.AT_LEAST;
    // A loss is positive in whichever direction the metric improves.
    Double largestLoss = atLeast ? negated(difference.low()) : difference.high();
    Double smallestLoss = atLeast ? negated(difference.high()) : difference.low();
    String value =
        "%s differs from the baseline by %s, %s interval %s to %s"
            .formatted(
                criterion.metric(),
                number(difference.value()),
                confidenceText(),
                formatBound(difference.low()),
                formatBound(difference.high()));
    if (hasTooFewItems(criterion, difference)) {
      long more = criterion.sampleSize() - difference.observations();
      return new Finding(
          Outcome.INCONCLUSIVE,
          ("%s, from %d items that count for both, but the criterion registers %d: compare with a"
                  + " baseline that answers more of them")
              .formatted(value, difference.observations(), criterion.sampleSize()),
          more);
    }
    if (largestLoss != null && largestLoss <= criterion.margin()) {
      return new Finding(Outcome.PASS, value, null);
    }
    if (smallestLoss != null && smallestLoss > criterion.margin()) {
      return new Finding(
          Outcome.FAIL,
          value + ": worse by more than the margin of " + number(criterion.margin()),
          null);
    }
    return new Finding(
        Outcome.INCONCLUSIVE,
        value
            + ": a loss of more than the margin of %s is not excluded"
                .formatted(number(criterion.margin())),
        null);
  }

  /**
   * Returns whether a difference is over too few items to exclude a loss. That happens where the
   * answers decide which items count, since few may count for both runs.
   */
  private boolean hasTooFewItems(Criterion criterion, Measure difference) {
    return difference.observations() < criterion.sampleSize()
        && metric(criterion).filter(metric -> metric.statistic().dependsOnAnswers()).isPresent();
  }

  private static boolean reaches(Criterion criterion, double bound) {
    return switch (criterion.direction()) {
      case AT_LEAST -> bound >= criterion.threshold();
      case AT_MOST -> bound <= criterion.threshold();
    };
  }

  /**
   * Estimates how many further items would decide a criterion at the measured value. For a share or
   * a mean of scores it uses the score interval; for other metrics the width of the interval, which
   * shrinks with the square root of the number of items.
   */
  private Optional<Long> estimateMoreItems(Criterion criterion, Measure measured) {
    long items = measured.observations();
    double needed;
    if (metric(criterion).filter(metric -> metric.statistic().isBoundedMean()).isPresent()
        && criterion.threshold() > 0
        && criterion.threshold() < 1) {
      needed =
          new BoundedMean(measured.value(), items)
              .trialsToExclude(criterion.threshold(), confidence);
    } else {
      Double facing = boundFacingThreshold(criterion, measured);
      double distance = Math.abs(measured.value() - criterion.threshold());
      if (facing == null || distance == 0) {
        return Optional.empty();
      }
      needed = items * Math.pow(Math.abs(measured.value() - facing) / distance, 2);
    }
    if (needed - items >= BEYOND_REACH) {
      return Optional.empty();
    }
    return Optional.of(Math.max(1, (long) Math.ceil(needed) - items));
  }

  /** Returns the bound of the interval that lies on the threshold's side of the measured value. */
  private static @Nullable Double boundFacingThreshold(Criterion criterion, Measure measured) {
    if (measured.value() > criterion.threshold()) {
      return measured.low();
    }
    return measured.high();
  }

  /** Returns the confidence level as text, such as {@code 99%}. */
  private String confidenceText() {
    return BigDecimal.valueOf(100 * confidence)
            .setScale(4, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }

  private static @Nullable Double negated(@Nullable Double bound) {
    return bound == null ? null : -bound;
  }

  private static String formatBound(@Nullable Double bound) {
    if (bound == null) {
      return "unknown";
    }
    return number(bound);
  }

  private static String number(double value) {
    if (Math.abs(value) >= 100) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
