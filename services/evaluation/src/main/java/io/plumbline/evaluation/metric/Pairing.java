package io.plumbline.evaluation.metric;

import io.plumbline.statistics.Bootstrap;
import io.plumbline.statistics.PairedOutcomes;
import io.plumbline.statistics.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The answers of two systems to the same items. Differences are candidate minus baseline. The pairs
 * keep the order of the baseline's observations, so that a seed always gives the same interval.
 */
public final class Pairing {

  /** The answers of both to one original item. */
  public record Pair(Observation baseline, Observation candidate) {}

  private record Key(String itemId, Perturbation perturbation) {}

  private record AgreementPair(boolean baseline, boolean candidate) {}

  private final List<Pair> pairs;
  private final List<AgreementPair> agreements;
  private final Confusion.Cells cells;

  private Pairing(List<Pair> pairs, List<AgreementPair> agreements, Confusion.Cells cells) {
    this.pairs = pairs;
    this.agreements = agreements;
    this.cells = cells;
  }

  public static Pairing of(
      List<Observation> baseline, List<Observation> candidate, Collection<String> labels) {
    Map<String, Observation> candidates = new HashMap<>();
    candidate.stream().filter(Observation::isOriginal).forEach(o -> candidates.put(o.itemId(), o));
    List<Pair> pairs = new ArrayList<>();
    for (Observation observation : baseline) {
      Observation other = candidates.get(observation.itemId());
      if (observation.isOriginal() && other != null) {
        pairs.add(new Pair(observation, other));
      }
    }
    Map<Key, Agreement> agreements = new HashMap<>();
    Agreement.of(candidate).forEach(a -> agreements.put(new Key(a.itemId(), a.perturbation()), a));
    List<AgreementPair> agreementPairs =
        Agreement.of(baseline).stream()
            .flatMap(b ->
                Optional.ofNullable(agreements.get(new Key(b.itemId(), b.perturbation())))
                    .map(c -> new AgreementPair(b.agrees(), c.agrees()))
                    .stream())
            .toList();
    return new Pairing(pairs, agreementPairs, new Confusion.Cells(labels));
  }

  public List<Pair> pairs() {
    return pairs;
  }

  /** Returns the pairs in which a statistic counts both answers. */
  private List<Pair> pairs(Statistic statistic) {
    return pairs.stream()
        .filter(pair -> statistic.includes(pair.baseline()) && statistic.includes(pair.candidate()))
        .toList();
  }

  /**
   * Returns the paired table of the answers with a scorer's full score, over the items that the
   * scorer applies to.
   */
  public PairedOutcomes outcomes(String scorer) {
    return outcomes(pairs(new Statistic.Share(scorer)), scorer);
  }

  /** Returns the paired table over the items of one label; empty when there is none. */
  public Optional<PairedOutcomes> outcomes(String scorer, String label) {
    List<Pair> slice =
        pairs(new Statistic.Share(scorer)).stream()
            .filter(p -> label.equals(p.baseline().label()))
            .toList();
    if (slice.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(outcomes(slice, scorer));
  }

  private static PairedOutcomes outcomes(List<Pair> pairs, String scorer) {
    boolean[] baseline = new boolean[pairs.size()];
    boolean[] candidate = new boolean[pairs.size()];
    for (int i = 0; i < pairs.size(); i++) {
      baseline[i] = pairs.get(i).baseline().isRight(scorer);
      candidate[i] = pairs.get(i).candidate().isRight(scorer);
    }
    return PairedOutcomes.of(baseline, candidate);
  }

  /**
   * Returns the difference of a metric with its paired bootstrap interval: BCa for shares and F1,
   * percentile for quantiles, means and calibration errors of single rows, whose jackknife would be
   * unstable or expensive. The difference is over the items that count for both runs. Where the
   * answers decide which items count, as with abstentions, these may differ from the items of
   * either run's own metric. There is no difference without such items, for the cost when a price
   * is unknown, and where one of the answers lacks a score or a confidence.
   */
  public @Nullable Measure difference(Metric metric, double confidence, long seed) {
    List<Pair> counted = pairs(metric.statistic());
    if (hasNothingToCompare(metric, counted) || isUnmeasured(counted, metric)) {
      return null;
    }
    return switch (metric.statistic()) {
      case Statistic.Share share ->
          shareDifference(
              counted.stream()
                  .mapToInt(p ->
                      changeCode(
                          p.baseline().isRight(share.scorer()),
                          p.candidate().isRight(share.scorer())))
                  .toArray(),
              confidence,
              seed);
      case Statistic.Consistency _ ->
          shareDifference(
              agreements.stream().mapToInt(a -> changeCode(a.baseline(), a.candidate())).toArray(),
              confidence,
              seed);
      case Statistic.Mean mean ->
          meanDifference(counted, each -> each.score(mean.scorer()), confidence, seed);
      case Statistic.Coverage _ ->
          shareDifference(
              counted.stream()
                  .mapToInt(p -> changeCode(isAnswered(p.baseline()), isAnswered(p.candidate())))
                  .toArray(),
              confidence,
              seed);
      case Statistic.Selective selective ->
          meanDifference(counted, each -> each.score(selective.of()), confidence, seed);
      case Statistic.Brier brier ->
          meanDifference(counted, each -> each.brierScore(brier.of()), confidence, seed);
      case Statistic.CalibrationError error ->
          calibrationErrorDifference(counted, error.of(), confidence, seed);
      case Statistic.MacroF1 _ -> macroF1Difference(confidence, seed);
      case Statistic.Latency latency -> latencyDifference(latency.quantile(), confidence, seed);
      case Statistic.Cost _ -> costDifference(confidence, seed);
    };
  }

  private boolean hasNothingToCompare(Metric metric, List<Pair> counted) {
    if (metric.equals(Metric.CONSISTENCY)) {
      return agreements.isEmpty();
    }
    return counted.isEmpty();
  }

  private static boolean isUnmeasured(List<Pair> counted, Metric metric) {
    return !UnmeasuredMetrics.reasons(
                counted.stream().map(Pair::baseline).toList(), List.of(metric))
            .isEmpty()
        || !UnmeasuredMetrics.reasons(
                counted.stream().map(Pair::candidate).toList(), List.of(metric))
            .isEmpty();
  }

  private static boolean isAnswered(Observation observation) {
    return !observation.failed() && !observation.abstained();
  }

  /** Returns 0 where both have the same result, 1 where only the candidate has it, else 2. */
  private static int changeCode(boolean baseline, boolean candidate) {
    if (candidate == baseline) {
      return 0;
    }
    return candidate ? 1 : 2;
  }

  private static Measure shareDifference(int[] outcomes, double confidence, long seed) {
    Bootstrap bootstrap = Bootstrap.ofCells(outcomes, 3, Figures.RESAMPLES, seed);
    Bootstrap.Statistic difference = cells -> (double) (cells[1] - cells[2]) / outcomes.length;
    return Measure.of(
        bootstrap.observed(difference),
        bootstrap.bcaInterval(difference, confidence),
        outcomes.length);
  }

  private Measure macroF1Difference(double confidence, long seed) {
    int answers = cells.labelCount() + 1;
    OccupiedCells occupied =
        OccupiedCells.of(
            pairs.stream()
                .mapToInt(
                    p -> cells.cellOf(p.baseline()) * answers + cells.answerColumn(p.candidate()))
                .toArray());
    Bootstrap bootstrap =
        Bootstrap.ofCells(occupied.cellNumbersByRow(), occupied.size(), Figures.RESAMPLES, seed);
    Bootstrap.Statistic difference =
        counts -> {
          F1Sums baseline = new F1Sums(cells.labelCount());
          F1Sums candidate = new F1Sums(cells.labelCount());
          for (int i = 0; i < counts.length; i++) {
            int ofBaseline = occupied.tableCell(i) / answers;
            baseline.add(ofBaseline / answers, ofBaseline % answers, counts[i]);
            candidate.add(ofBaseline / answers, occupied.tableCell(i) % answers, counts[i]);
          }
          return candidate.macroF1() - baseline.macroF1();
        };
    return Measure.of(
        bootstrap.observed(difference),
        bootstrap.bcaInterval(difference, confidence),
        pairs.size());
  }

  private Measure latencyDifference(double quantile, double confidence, long seed) {
    double[] baseline = valuesOf(p -> p.baseline().latencyMillis());
    double[] candidate = valuesOf(p -> p.candidate().latencyMillis());
    int[] baselineOrder = rowsSortedByValue(baseline);
    int[] candidateOrder = rowsSortedByValue(candidate);
    return bootstrapRows(
        pairs.size(),
        rows ->
            quantile(candidate, candidateOrder, rows, quantile)
                - quantile(baseline, baselineOrder, rows, quantile),
        confidence,
        seed);
  }

  private @Nullable Measure costDifference(double confidence, long seed) {
    double[] baseline = Figures.costs(pairs.stream().map(Pair::baseline).toList()).orElse(null);
    double[] candidate = Figures.costs(pairs.stream().map(Pair::candidate).toList()).orElse(null);
    if (baseline == null || candidate == null) {
      return null;
    }
    double[] differences = new double[baseline.length];
    Arrays.setAll(differences, i -> 1000 * (candidate[i] - baseline[i]));
    return bootstrapMean(differences, confidence, seed);
  }

  private static Measure meanDifference(
      List<Pair> counted, ToDoubleFunction<Observation> figure, double confidence, long seed) {
    return bootstrapMean(
        counted.stream()
            .mapToDouble(pair ->
                figure.applyAsDouble(pair.candidate()) - figure.applyAsDouble(pair.baseline()))
            .toArray(),
        confidence,
        seed);
  }

  private static Measure calibrationErrorDifference(
      List<Pair> counted, String of, double confidence, long seed) {
    CalibrationFigures baseline =
        CalibrationFigures.of(counted.stream().map(Pair::baseline).toList(), of);
    CalibrationFigures candidate =
        CalibrationFigures.of(counted.stream().map(Pair::candidate).toList(), of);
    return bootstrapRows(
        counted.size(),
        rows -> candidate.expectedCalibrationError(rows) - baseline.expectedCalibrationError(rows),
        confidence,
        seed);
  }

  private static Measure bootstrapMean(double[] differences, double confidence, long seed) {
    return bootstrapRows(
        differences.length, rows -> Figures.mean(differences, rows), confidence, seed);
  }

  private static Measure bootstrapRows(
      int rows, Bootstrap.Statistic statistic, double confidence, long seed) {
    Bootstrap bootstrap = Bootstrap.ofRows(rows, Figures.RESAMPLES, seed);
    return Measure.of(
        bootstrap.observed(statistic), bootstrap.percentileInterval(statistic, confidence), rows);
  }

  private double[] valuesOf(ToDoubleFunction<Pair> figure) {
    return pairs.stream().mapToDouble(figure).toArray();
  }

  private static int[] rowsSortedByValue(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> values[i]))
        .mapToInt(i -> i)
        .toArray();
  }

  /**
   * Returns a quantile, as {@link Quantiles#of} does, of a sample in which rows occur repeatedly.
   *
   * @param times how often each row occurs
   */
  static double quantile(double[] values, int[] order, int[] times, double quantile) {
    double position = quantile * (values.length - 1);
    int below = (int) position;
    int seen = 0;
    int at = -1;
    while (seen <= below) {
      seen += times[order[++at]];
    }
    double low = values[order[at]];
    if (seen > below + 1 || position == below) {
      return low;
    }
    do {
      at++;
    } while (times[order[at]] == 0);
    return low + (position - below) * (values[order[at]] - low);
  }
}
