package io.plumbline.evaluation.run;

import io.plumbline.evaluation.metric.Figures;
import io.plumbline.evaluation.metric.Measure;
import io.plumbline.evaluation.metric.Metric;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The measurements of a subject's runs over validation rows.
 *
 * @param figures the figures of finished runs, in the order in which they finished
 */
record ExplorationResults(List<Figures> figures) {

  /**
   * A measure from a run over validation rows.
   *
   * @param items the number of items of the run, which is larger than the number of observations
   *     where the metric leaves some out
   */
  record ValidationRun(Measure measure, long items) {

    /** Returns the share of the items that the metric is over. */
    double share() {
      if (items == 0) {
        return 0;
      }
      return Math.min(1, (double) measure.observations() / items);
    }
  }

  /**
   * Returns the measure of a metric by the run that measured it on the most rows, and among equally
   * large runs the first, so that nobody can repeat a run until its interval suits.
   */
  Optional<ValidationRun> measureOf(Metric metric) {
    return figures.stream()
        .flatMap(each ->
            Optional.ofNullable(each.metrics().get(metric.name()))
                .map(measure -> new ValidationRun(measure, items(each, measure)))
                .stream())
        .reduce(ExplorationResults::larger);
  }

  private static ValidationRun larger(ValidationRun one, ValidationRun other) {
    if (other.measure().observations() > one.measure().observations()) {
      return other;
    }
    return one;
  }

  /** Returns the number of items of a run. Every run measures its latency over all of them. */
  private static long items(Figures figures, Measure measure) {
    Measure latency = figures.metrics().get(Metric.LATENCY_P50.name());
    return Objects.requireNonNullElse(latency, measure).observations();
  }
}
