package io.plumbline.evaluation.run;

import io.plumbline.evaluation.metric.Figures;
import io.plumbline.evaluation.metric.Measure;
import io.plumbline.evaluation.metric.Metric;
import java.util.List;
import java.util.Optional;

/**
 * What a subject's runs over validation rows measured.
 *
 * @param figures of finished runs, in the order in which they finished
 */
record Exploration(List<Figures> figures) {

  /**
   * A measure with what it was measured among.
   *
   * @param items of its run; as many as the observations unless the metric leaves some out
   */
  record Explored(Measure measure, long items) {

    /** The share of the items that the metric is over. */
    double share() {
      return items == 0 ? 0 : Math.min(1, (double) measure.observations() / items);
    }
  }

  /**
   * Of the run that measured the metric on the most rows, and of equally large ones the first: a
   * run cannot be repeated until its interval suits.
   */
  Optional<Explored> measured(Metric metric) {
    return figures.stream()
        .flatMap(each ->
            Optional.ofNullable(each.metrics().get(metric.name()))
                .map(measure -> new Explored(measure, items(each, measure)))
                .stream())
        .reduce((one, other) ->
            other.measure().observations() > one.measure().observations() ? other : one);
  }

  /** Every run measures its latency, over all of its items. */
  private static long items(Figures figures, Measure measure) {
    Measure latency = figures.metrics().get(Metric.LATENCY_P50.name());
    return latency == null ? measure.observations() : latency.observations();
  }
}
