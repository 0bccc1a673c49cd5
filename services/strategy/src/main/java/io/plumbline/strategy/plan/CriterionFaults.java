package io.plumbline.strategy.plan;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.strategy.projection.Suite;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Finds the faults that keep a criterion from being judged on a suite, by the field at fault. */
final class CriterionFaults {

  private CriterionFaults() {}

  static Map<String, String> byField(Criterion criterion, CriteriaPurpose purpose, Suite suite) {
    SuiteMetric metric = suite.metric(criterion.metric()).orElse(null);
    if (metric == null) {
      return Map.of(
          "metric",
          "is not measured by %s; use one of %s"
              .formatted(
                  suite.nameAndVersion(),
                  suite.metrics().stream().map(SuiteMetric::metric).toList()));
    }
    Map<String, String> faults = new LinkedHashMap<>();
    if (criterion.kind() != metric.kind()) {
      faults.put(
          "kind", "must be %2$s, the kind of %1$s".formatted(metric.metric(), metric.kind()));
    }
    if (criterion.direction() != metric.direction()) {
      faults.put(
          "direction", "must be %2$s for %1$s".formatted(metric.metric(), metric.direction()));
    }
    if (isOutOfRange(criterion.threshold(), metric)) {
      faults.put("threshold", rangeFault(metric));
    } else {
      TrivialThreshold.thresholdFault(criterion, metric)
          .ifPresent(fault -> faults.put("threshold", fault));
    }
    if (isOutOfRange(criterion.margin(), metric)) {
      faults.put("margin", rangeFault(metric));
    } else {
      TrivialThreshold.marginFault(criterion, metric)
          .ifPresent(fault -> faults.put("margin", fault));
    }
    if (purpose == CriteriaPurpose.REFRESH
        && metric.kind().measuresQuality()
        && criterion.margin() == 0) {
      faults.put(
          "margin",
          "must be above 0 for %s: a refresh is compared with the released variant by every metric"
                  .formatted(metric.metric())
              + " of quality");
    }
    checkSampleSize(criterion, metric, suite, faults);
    checkAlternative(criterion, metric, faults);
    return faults;
  }

  /**
   * Checks the alternative. It is checked only if threshold and direction are valid, because a
   * fault of these has to be corrected first.
   */
  private static void checkAlternative(
      Criterion criterion, SuiteMetric metric, Map<String, String> faults) {
    if (faults.containsKey("threshold") || faults.containsKey("direction")) {
      return;
    }
    boolean atLeast = criterion.direction() == Direction.AT_LEAST;
    double best = atLeast ? largest(metric) : 0;
    if (criterion.threshold() == best) {
      faults.put(
          "threshold",
          "must be %s %s: no value of %s lies beyond it, so no run could be shown to reach it"
              .formatted(atLeast ? "below" : "above", number(best), metric.metric()));
      return;
    }
    if (!isBeyondThreshold(criterion, best)) {
      faults.put(
          "alternative",
          "must be %s the threshold of %s%s: it is the value that a variant worth having is expected to have"
              .formatted(
                  atLeast ? "above" : "below",
                  number(criterion.threshold()),
                  limitInWords(atLeast, best)));
    }
  }

  private static boolean isBeyondThreshold(Criterion criterion, double best) {
    double alternative = criterion.alternative();
    return switch (criterion.direction()) {
      case AT_LEAST -> alternative > criterion.threshold() && alternative <= best;
      case AT_MOST -> alternative < criterion.threshold() && alternative >= best;
    };
  }

  private static String limitInWords(boolean atLeast, double best) {
    if (best == Double.MAX_VALUE) {
      return "";
    }
    return " and at %s %s".formatted(atLeast ? "most" : "least", number(best));
  }

  private static void checkSampleSize(
      Criterion criterion, SuiteMetric metric, Suite suite, Map<String, String> faults) {
    boolean perturbed = suite.isMeasuredOnPerturbed(metric);
    long measured = suite.countItems(metric);
    if (perturbed && measured == 0) {
      faults.put(
          "metric", "needs perturbed items, but %s has none".formatted(suite.nameAndVersion()));
    } else if (criterion.sampleSize() < 1 || criterion.sampleSize() > measured) {
      faults.put(
          "sampleSize",
          "must be from 1 to %d, the %sitems of %s"
              .formatted(measured, perturbed ? "perturbed " : "", suite.nameAndVersion()));
    }
  }

  private static boolean isOutOfRange(double value, SuiteMetric metric) {
    return !(value >= 0 && value <= largest(metric));
  }

  private static double largest(SuiteMetric metric) {
    return Objects.requireNonNullElse(metric.largest(), Double.MAX_VALUE);
  }

  private static String rangeFault(SuiteMetric metric) {
    Double largest = metric.largest();
    return largest == null ? "must be a number from 0" : "must be from 0 to " + number(largest);
  }

  /** Formats a number without needless digits: 1 instead of 1.0. */
  private static String number(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }
}
