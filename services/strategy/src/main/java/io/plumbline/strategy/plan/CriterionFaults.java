package io.plumbline.strategy.plan;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Criterion.PowerPlan;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.strategy.projection.SuiteProjection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What keeps a criterion from being judged on a suite, by the field at fault. */
final class CriterionFaults {

  private CriterionFaults() {}

  static Map<String, String> of(Criterion criterion, SuiteProjection suite) {
    SuiteMetric metric = suite.metric(criterion.metric()).orElse(null);
    if (metric == null) {
      return Map.of(
          "metric",
          "is not measured by %s; use one of %s"
              .formatted(
                  suite.title(), suite.metrics().stream().map(SuiteMetric::metric).toList()));
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
    if (outside(criterion.threshold(), metric)) {
      faults.put("threshold", range(metric));
    } else {
      TrivialEnd.threshold(criterion, metric).ifPresent(fault -> faults.put("threshold", fault));
    }
    if (outside(criterion.margin(), metric)) {
      faults.put("margin", range(metric));
    } else {
      TrivialEnd.margin(criterion, metric).ifPresent(fault -> faults.put("margin", fault));
    }
    sample(criterion, metric, suite, faults);
    PowerPlan power = criterion.power();
    if (power != null && (power.smallestEffect() == 0 || outside(power.smallestEffect(), metric))) {
      faults.put(
          "power/smallestEffect", "must be above 0 and at most as large as the metric can be");
    }
    return faults;
  }

  private static void sample(
      Criterion criterion, SuiteMetric metric, SuiteProjection suite, Map<String, String> faults) {
    boolean perturbed = metric.kind() == MetricKind.ROBUSTNESS;
    long measured = perturbed ? suite.perturbedItems() : suite.items();
    if (perturbed && measured == 0) {
      faults.put("metric", "needs perturbed items, and %s has none".formatted(suite.title()));
    } else if (criterion.sampleSize() < 1 || criterion.sampleSize() > measured) {
      faults.put(
          "sampleSize",
          "must be from 1 to %d, the %sitems of %s"
              .formatted(measured, perturbed ? "perturbed " : "", suite.title()));
    }
  }

  private static boolean outside(double value, SuiteMetric metric) {
    Double largest = metric.largest();
    return !(value >= 0 && value <= (largest == null ? Double.MAX_VALUE : largest));
  }

  private static String range(SuiteMetric metric) {
    Double largest = metric.largest();
    return largest == null
        ? "must be a number from 0"
        : "must be from 0 to %s"
            .formatted(largest == Math.rint(largest) ? "%.0f".formatted(largest) : largest);
  }
}
