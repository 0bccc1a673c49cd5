package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.metric.Figures;
import io.plumbline.evaluation.metric.Measure;
import io.plumbline.evaluation.metric.Metric;
import io.plumbline.evaluation.metric.Pairing;
import io.plumbline.evaluation.statistics.Proportion;
import io.plumbline.evaluation.statistics.Quantiles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The judgement of a run by criteria: a pure function of its figures, the criteria, the answers of
 * the baseline and a seed, so that it can be computed again to the last digit.
 *
 * <p>A criterion passes when the whole 95% interval lies on the right side of its threshold, fails
 * when all of it lies on the wrong side, and is inconclusive otherwise. A margin above zero also
 * requires non-inferiority: the interval of the difference to the baseline must exclude a loss of
 * more than the margin (G. Piaggio et al., CONSORT extension for non-inferiority trials, JAMA 308
 * (2012) 2594–2604).
 *
 * @param outcome FAIL if any criterion fails, else INCONCLUSIVE if any is inconclusive
 * @param reasons one sentence per criterion that did not pass; when all did, one per criterion
 */
public record Judgement(Outcome outcome, List<Judged> criteria, List<String> reasons) {

  /**
   * The judgement by one criterion.
   *
   * @param difference candidate minus baseline, when there is a baseline
   * @param moreItems about how many further items would decide an inconclusive criterion at the
   *     measured value; absent when no number would
   */
  public record Judged(
      String metric,
      Direction direction,
      double threshold,
      double margin,
      Outcome outcome,
      @Nullable Measure measured,
      @Nullable Measure difference,
      @Nullable Long moreItems,
      String reason) {}

  private static final long BEYOND_REACH = 1_000_000;

  /**
   * @param pairing with the baseline; absent when the application has none, or when the run is
   *     itself the baseline
   */
  static Judgement of(
      List<Criterion> criteria, Figures figures, @Nullable Pairing pairing, long seed) {
    List<Judged> judged =
        criteria.stream().map(criterion -> judge(criterion, figures, pairing, seed)).toList();
    Outcome outcome = worst(judged.stream().map(Judged::outcome).toList());
    List<String> reasons =
        judged.stream()
            .filter(j -> outcome == Outcome.PASS || j.outcome() != Outcome.PASS)
            .map(Judged::reason)
            .toList();
    return new Judgement(outcome, judged, reasons);
  }

  private static Outcome worst(List<Outcome> outcomes) {
    return outcomes.contains(Outcome.FAIL)
        ? Outcome.FAIL
        : outcomes.contains(Outcome.INCONCLUSIVE) ? Outcome.INCONCLUSIVE : Outcome.PASS;
  }

  private static Judged judge(
      Criterion criterion, Figures figures, @Nullable Pairing pairing, long seed) {
    Measure measured = figures.metrics().get(criterion.metric());
    if (measured == null) {
      return new Judged(
          criterion.metric(),
          criterion.direction(),
          criterion.threshold(),
          criterion.margin(),
          Outcome.INCONCLUSIVE,
          null,
          null,
          null,
          "%s was not measured: run a suite with an evaluator that measures it"
              .formatted(criterion.metric()));
    }
    Measure difference =
        pairing == null
            ? null
            : Metric.named(criterion.metric()).map(m -> pairing.difference(m, seed)).orElse(null);
    Finding finding = againstThreshold(criterion, measured);
    if (difference != null && criterion.margin() > 0 && finding.outcome != Outcome.FAIL) {
      Finding loss = againstBaseline(criterion, difference);
      finding =
          loss.outcome == Outcome.PASS
                  || (finding.outcome == Outcome.INCONCLUSIVE
                      && loss.outcome == Outcome.INCONCLUSIVE)
              ? finding
              : loss;
    }
    return new Judged(
        criterion.metric(),
        criterion.direction(),
        criterion.threshold(),
        criterion.margin(),
        finding.outcome,
        measured,
        difference,
        finding.moreItems,
        finding.reason);
  }

  private record Finding(Outcome outcome, String reason, @Nullable Long moreItems) {}

  private static Finding againstThreshold(Criterion criterion, Measure measured) {
    boolean atLeast = criterion.direction() == Direction.AT_LEAST;
    Double worst = atLeast ? measured.low() : measured.high();
    Double best = atLeast ? measured.high() : measured.low();
    String value =
        "%s is %s, 95%% interval %s to %s"
            .formatted(
                criterion.metric(),
                number(measured.value()),
                bound(measured.low()),
                bound(measured.high()));
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
    Optional<Long> more = moreItems(criterion, measured);
    String remedy =
        more.map(n -> "about %d more items would decide it at this value".formatted(n))
            .orElse("the value is too close to the threshold for any number of items to decide it");
    return new Finding(
        Outcome.INCONCLUSIVE,
        value + ": " + wanted + " is neither shown nor missed; " + remedy,
        more.orElse(null));
  }

  private static OptionalInt minimumItems(Criterion criterion) {
    OptionalDouble quantile =
        Metric.named(criterion.metric()).map(Metric::quantile).orElseGet(OptionalDouble::empty);
    return quantile.isPresent()
        ? OptionalInt.of(Quantiles.minimumItems(quantile.getAsDouble(), Measure.CONFIDENCE))
        : OptionalInt.empty();
  }

  private static Finding againstBaseline(Criterion criterion, Measure difference) {
    boolean atLeast = criterion.direction() == Direction.AT_LEAST;
    // Losses are positive whichever way the metric improves.
    Double largestLoss = atLeast ? negated(difference.low()) : difference.high();
    Double smallestLoss = atLeast ? negated(difference.high()) : difference.low();
    String value =
        "%s differs from the baseline by %s, 95%% interval %s to %s"
            .formatted(
                criterion.metric(),
                number(difference.value()),
                bound(difference.low()),
                bound(difference.high()));
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

  private static boolean reaches(Criterion criterion, double bound) {
    return criterion.direction() == Direction.AT_LEAST
        ? bound >= criterion.threshold()
        : bound <= criterion.threshold();
  }

  /**
   * For a proportion by its score interval; for others by the width of the interval, which shrinks
   * with the root of the items.
   */
  private static Optional<Long> moreItems(Criterion criterion, Measure measured) {
    long items = measured.observations();
    double needed;
    if (Metric.named(criterion.metric()).filter(Metric::isProportion).isPresent()
        && criterion.threshold() > 0
        && criterion.threshold() < 1) {
      needed =
          new Proportion(Math.round(measured.value() * items), items)
              .trialsToExclude(criterion.threshold(), Measure.CONFIDENCE);
    } else {
      boolean reached = reaches(criterion, measured.value());
      Double facing =
          reached == (criterion.direction() == Direction.AT_LEAST)
              ? measured.low()
              : measured.high();
      double distance = Math.abs(measured.value() - criterion.threshold());
      if (facing == null || distance == 0) {
        return Optional.empty();
      }
      needed = items * Math.pow(Math.abs(measured.value() - facing) / distance, 2);
    }
    return needed - items >= BEYOND_REACH
        ? Optional.empty()
        : Optional.of(Math.max(1, (long) Math.ceil(needed) - items));
  }

  private static @Nullable Double negated(@Nullable Double bound) {
    return bound == null ? null : -bound;
  }

  private static String bound(@Nullable Double bound) {
    return bound == null ? "unknown" : number(bound);
  }

  private static String number(double value) {
    return Math.abs(value) >= 100
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }
}
