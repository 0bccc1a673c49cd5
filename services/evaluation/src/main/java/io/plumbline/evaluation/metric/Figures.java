package io.plumbline.evaluation.metric;

import io.plumbline.evaluation.metric.Confusion.ClassFigures;
import io.plumbline.evaluation.statistics.Bootstrap;
import io.plumbline.evaluation.statistics.Interval;
import io.plumbline.evaluation.statistics.Proportion;
import io.plumbline.evaluation.statistics.Quantiles;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything measured on one run. A pure function of the observations, in their order, and the
 * seed.
 *
 * @param confusion table of the originals; absent without the evaluator classification
 * @param consistency agreement per kind of perturbation
 */
public record Figures(
    Map<String, Measure> metrics,
    @Nullable Confusion confusion,
    List<ClassFigures> classes,
    Map<Perturbation, Measure> consistency) {

  static final int RESAMPLES = 10_000;

  public static Figures of(
      List<Observation> observations,
      Collection<String> labels,
      Collection<Evaluator> evaluators,
      long seed) {
    List<Observation> originals = observations.stream().filter(Observation::original).toList();
    List<Agreement> agreements = Agreement.of(observations);
    Map<String, Measure> metrics = new LinkedHashMap<>();
    for (Evaluator evaluator : evaluators) {
      for (Metric metric : evaluator.metrics()) {
        Measure measure =
            switch (metric) {
              case CONSISTENCY -> share(agreements, Agreement::agrees);
              case ACCURACY, EXACT_MATCH -> share(originals, Observation::correct);
              case MACRO_F1 -> macroF1(originals, labels, seed);
              case LATENCY_P50, LATENCY_P95 -> latency(originals, metric.quantile().orElseThrow());
              case COST_PER_1000 -> cost(originals, seed);
            };
        if (measure != null) {
          metrics.put(metric.wireName(), measure);
        }
      }
    }
    Confusion confusion =
        evaluators.contains(Evaluator.CLASSIFICATION) ? Confusion.of(labels, originals) : null;
    return new Figures(
        metrics,
        confusion,
        confusion == null ? List.of() : confusion.classes(),
        byPerturbation(agreements));
  }

  private static Map<Perturbation, Measure> byPerturbation(List<Agreement> agreements) {
    Map<Perturbation, Measure> measures = new LinkedHashMap<>();
    for (Perturbation kind : Perturbation.values()) {
      Measure measure =
          share(
              agreements.stream().filter(a -> a.perturbation() == kind).toList(),
              Agreement::agrees);
      if (measure != null) {
        measures.put(kind, measure);
      }
    }
    return measures;
  }

  private static <T> @Nullable Measure share(List<T> all, Predicate<T> successful) {
    if (all.isEmpty()) {
      return null;
    }
    Proportion proportion = new Proportion(all.stream().filter(successful).count(), all.size());
    return Measure.of(proportion.value(), proportion.wilson(Measure.CONFIDENCE), all.size());
  }

  private static @Nullable Measure macroF1(
      List<Observation> originals, Collection<String> labels, long seed) {
    if (originals.isEmpty()) {
      return null;
    }
    Confusion.Cells cells = new Confusion.Cells(labels);
    Bootstrap bootstrap =
        Bootstrap.ofCells(
            originals.stream().mapToInt(cells::of).toArray(), cells.size(), RESAMPLES, seed);
    Bootstrap.Statistic macroF1 = table -> Confusion.macroF1(table, cells.labels());
    return Measure.of(
        bootstrap.observed(macroF1), bootstrap.bca(macroF1, Measure.CONFIDENCE), originals.size());
  }

  private static @Nullable Measure latency(List<Observation> originals, double quantile) {
    if (originals.isEmpty()) {
      return null;
    }
    double[] sorted = originals.stream().mapToDouble(Observation::latencyMillis).sorted().toArray();
    return Measure.of(
        Quantiles.of(sorted, quantile),
        Quantiles.interval(sorted, quantile, Measure.CONFIDENCE),
        sorted.length);
  }

  private static @Nullable Measure cost(List<Observation> originals, long seed) {
    if (originals.isEmpty()) {
      return null;
    }
    double[] costs =
        originals.stream().map(Observation::costUsd).mapToDouble(BigDecimal::doubleValue).toArray();
    Bootstrap.Statistic perThousand = rows -> 1000 * mean(costs, rows);
    Bootstrap bootstrap = Bootstrap.ofRows(costs.length, RESAMPLES, seed);
    double value = bootstrap.observed(perThousand);
    Interval interval = bootstrap.percentile(perThousand, Measure.CONFIDENCE);
    return Measure.of(value, interval, costs.length);
  }

  static double mean(double[] values, int[] times) {
    double sum = 0;
    for (int row = 0; row < values.length; row++) {
      sum += times[row] * values[row];
    }
    return sum / values.length;
  }
}
