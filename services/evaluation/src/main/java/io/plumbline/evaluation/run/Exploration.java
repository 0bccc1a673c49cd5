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
   * Of the run that measured the metric on the most rows, and of equally large ones the first: a
   * run cannot be repeated until its interval suits.
   */
  Optional<Measure> measured(Metric metric) {
    return figures.stream()
        .flatMap(each -> Optional.ofNullable(each.metrics().get(metric.name())).stream())
        .reduce((one, other) -> other.observations() > one.observations() ? other : one);
  }
}
