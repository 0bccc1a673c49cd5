package io.plumbline.evaluation.metric;

import io.plumbline.evaluation.metric.Confusion.ClassFigures;
import io.plumbline.statistics.Bootstrap;
import io.plumbline.statistics.BoundedMean;
import io.plumbline.statistics.Interval;
import io.plumbline.statistics.Proportion;
import io.plumbline.statistics.Quantiles;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one run. They are a pure function of the observations, in their order, and the
 * seed.
 *
 * @param unmeasured why a metric of the suite has no measure, by its name: a scorer gave answers no
 *     score, applies to none of the items, or needs a confidence that answers do not have
 * @param confusion the confusion table of the originals; absent where labels are not scored
 * @param consistency the agreement per kind of perturbation
 */
public record Figures(
    Map<String, Measure> metrics,
    Map<String, String> unmeasured,
    @Nullable Confusion confusion,
    List<ClassFigures> classes,
    Map<Perturbation, Measure> consistency) {

  static final int RESAMPLES = 10_000;

  private static final Interval UNBOUNDED =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Computes every metric of a suite, with 95% intervals. */
  public static Figures of(
      List<Observation> observations,
      Collection<String> labels,
      Collection<Metric> metrics,
      long seed) {
    List<Observation> originals = observations.stream().filter(Observation::isOriginal).toList();
    List<Agreement> agreements = Agreement.of(observations);
    Map<String, Measure> measures =
        measures(observations, labels, metrics, Measure.CONFIDENCE, seed);
    Optional<Confusion> confusion = confusion(originals, labels, metrics);
    return new Figures(
        measures,
        UnmeasuredMetrics.reasons(originals, metrics),
        confusion.orElse(null),
        confusion.map(Confusion::figuresByLabel).orElse(List.of()),
        byPerturbation(agreements));
  }

  private static Optional<Confusion> confusion(
      List<Observation> originals, Collection<String> labels, Collection<Metric> metrics) {
    if (!metrics.contains(Metric.MACRO_F1)) {
      return Optional.empty();
    }
    return Optional.of(Confusion.of(labels, originals));
  }

  /**
   * Computes the given metrics and no others, since a bootstrap takes seconds.
   *
   * @return the measures by metric name, without metrics that the observations cannot give
   */
  public static Map<String, Measure> measures(
      List<Observation> observations,
      Collection<String> labels,
      Collection<Metric> metrics,
      double confidence,
      long seed) {
    return compute(observations, labels, metrics, confidence, seed, true);
  }

  /** Computes the values of the given metrics, by name, without any bootstrap. */
  public static Map<String, Double> values(
      List<Observation> observations, Collection<String> labels, Collection<Metric> metrics) {
    Map<String, Double> values = new LinkedHashMap<>();
    compute(observations, labels, metrics, Measure.CONFIDENCE, 0, false)
        .forEach((metric, measure) -> values.put(metric, measure.value()));
    return values;
  }

  /**
   * Computes the given metrics.
   *
   * @param resampled whether intervals that take a bootstrap are computed; they have no bounds
   *     otherwise
   */
  private static Map<String, Measure> compute(
      List<Observation> observations,
      Collection<String> labels,
      Collection<Metric> metrics,
      double confidence,
      long seed,
      boolean resampled) {
    List<Observation> originals = observations.stream().filter(Observation::isOriginal).toList();
    List<Agreement> agreements = Agreement.of(observations);
    Map<String, Measure> measures = new LinkedHashMap<>();
    Map<String, String> unmeasured = UnmeasuredMetrics.reasons(originals, metrics);
    for (Metric metric : metrics) {
      if (unmeasured.containsKey(metric.name())) {
        continue;
      }
      List<Observation> counted = originals.stream().filter(metric.statistic()::includes).toList();
      Measure measure =
          switch (metric.statistic()) {
            case Statistic.Consistency _ -> share(agreements, Agreement::agrees, confidence);
            case Statistic.Share share ->
                share(counted, each -> each.isRight(share.scorer()), confidence);
            case Statistic.Mean mean ->
                mean(counted, each -> each.score(mean.scorer()), confidence);
            case Statistic.Coverage _ ->
                share(counted, each -> !each.failed() && !each.abstained(), confidence);
            case Statistic.Selective selective ->
                mean(counted, each -> each.score(selective.of()), confidence);
            case Statistic.Brier brier ->
                mean(counted, each -> each.brierScore(brier.of()), confidence);
            case Statistic.CalibrationError error ->
                calibrationError(counted, error.of(), confidence, seed, resampled);
            case Statistic.MacroF1 _ -> macroF1(originals, labels, confidence, seed, resampled);
            case Statistic.Latency latency -> latency(originals, latency.quantile(), confidence);
            case Statistic.Cost _ -> cost(originals, confidence, seed, resampled);
          };
      if (measure != null) {
        measures.put(metric.name(), measure);
      }
    }
    return measures;
  }

  /** Returns why metrics are not measured on the observations, by name. */
  public static Map<String, String> unmeasured(
      List<Observation> observations, Collection<Metric> metrics) {
    return UnmeasuredMetrics.reasons(
        observations.stream().filter(Observation::isOriginal).toList(), metrics);
  }

  private static Map<Perturbation, Measure> byPerturbation(List<Agreement> agreements) {
    Map<Perturbation, Measure> measures = new LinkedHashMap<>();
    for (Perturbation kind : Perturbation.values()) {
      Measure measure =
          share(
              agreements.stream().filter(a -> a.perturbation() == kind).toList(),
              Agreement::agrees,
              Measure.CONFIDENCE);
      if (measure != null) {
        measures.put(kind, measure);
      }
    }
    return measures;
  }

  private static <T> @Nullable Measure share(
      List<T> all, Predicate<T> successful, double confidence) {
    if (all.isEmpty()) {
      return null;
    }
    Proportion proportion = new Proportion(all.stream().filter(successful).count(), all.size());
    return Measure.of(proportion.value(), proportion.wilsonInterval(confidence), all.size());
  }

  private static @Nullable Measure mean(
      List<Observation> counted, ToDoubleFunction<Observation> figure, double confidence) {
    if (counted.isEmpty()) {
      return null;
    }
    BoundedMean mean = BoundedMean.of(counted.stream().mapToDouble(figure).toArray());
    return Measure.of(mean.value(), mean.scoreInterval(confidence), counted.size());
  }

  private static @Nullable Measure calibrationError(
      List<Observation> counted, String of, double confidence, long seed, boolean resampled) {
    if (counted.isEmpty()) {
      return null;
    }
    Bootstrap.Statistic error = CalibrationFigures.of(counted, of)::expectedCalibrationError;
    Bootstrap bootstrap = Bootstrap.ofRows(counted.size(), RESAMPLES, seed);
    Interval interval = resampled ? bootstrap.bcaInterval(error, confidence) : UNBOUNDED;
    return Measure.of(bootstrap.observed(error), interval, counted.size());
  }

  private static @Nullable Measure macroF1(
      List<Observation> originals,
      Collection<String> labels,
      double confidence,
      long seed,
      boolean resampled) {
    if (originals.isEmpty()) {
      return null;
    }
    Confusion.Cells cells = new Confusion.Cells(labels);
    OccupiedCells occupied = OccupiedCells.of(originals.stream().mapToInt(cells::cellOf).toArray());
    Bootstrap bootstrap =
        Bootstrap.ofCells(occupied.cellNumbersByRow(), occupied.size(), RESAMPLES, seed);
    int answers = cells.labelCount() + 1;
    Bootstrap.Statistic macroF1 =
        counts -> {
          F1Sums sums = new F1Sums(cells.labelCount());
          for (int i = 0; i < counts.length; i++) {
            sums.add(occupied.tableCell(i) / answers, occupied.tableCell(i) % answers, counts[i]);
          }
          return sums.macroF1();
        };
    Interval interval = resampled ? bootstrap.bcaInterval(macroF1, confidence) : UNBOUNDED;
    return Measure.of(bootstrap.observed(macroF1), interval, originals.size());
  }

  private static @Nullable Measure latency(
      List<Observation> originals, double quantile, double confidence) {
    if (originals.isEmpty()) {
      return null;
    }
    double[] sorted = originals.stream().mapToDouble(Observation::latencyMillis).sorted().toArray();
    return Measure.of(
        Quantiles.of(sorted, quantile),
        Quantiles.interval(sorted, quantile, confidence),
        sorted.length);
  }

  private static @Nullable Measure cost(
      List<Observation> originals, double confidence, long seed, boolean resampled) {
    double[] costs = costs(originals).orElse(null);
    if (costs == null) {
      return null;
    }
    Bootstrap.Statistic perThousand = rows -> 1000 * mean(costs, rows);
    Bootstrap bootstrap = Bootstrap.ofRows(costs.length, RESAMPLES, seed);
    double value = bootstrap.observed(perThousand);
    Interval interval =
        resampled ? bootstrap.percentileInterval(perThousand, confidence) : UNBOUNDED;
    return Measure.of(value, interval, costs.length);
  }

  /**
   * Returns the cost of each item. An item that failed costs as much as the dearest answered one.
   * The result is empty when nothing was answered, or when the price of any answer is unknown,
   * since an unknown price is not a price of 0.
   */
  static Optional<double[]> costs(List<Observation> observations) {
    List<Observation> answered = observations.stream().filter(o -> !o.failed()).toList();
    if (answered.isEmpty() || answered.stream().anyMatch(o -> o.costUsd() == null)) {
      return Optional.empty();
    }
    double dearest = answered.stream().mapToDouble(Figures::cost).max().orElseThrow();
    return Optional.of(
        observations.stream().mapToDouble(o -> o.failed() ? dearest : cost(o)).toArray());
  }

  private static double cost(Observation answered) {
    BigDecimal cost = answered.costUsd();
    if (cost == null) {
      return Double.NaN;
    }
    return cost.doubleValue();
  }

  static double mean(double[] values, int[] times) {
    double sum = 0;
    for (int row = 0; row < values.length; row++) {
      sum += times[row] * values[row];
    }
    return sum / values.length;
  }
}
