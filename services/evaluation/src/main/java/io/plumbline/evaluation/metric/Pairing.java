package io.plumbline.evaluation.metric;

import io.plumbline.evaluation.statistics.Bootstrap;
import io.plumbline.evaluation.statistics.PairedOutcomes;
import io.plumbline.evaluation.statistics.Quantiles;
import java.util.ArrayList;
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
 * What two systems answered on the same items: differences are candidate minus baseline. The order
 * of the pairs is that of the baseline's observations, so that a seed gives the same interval
 * whenever it is computed.
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
    candidate.stream().filter(Observation::original).forEach(o -> candidates.put(o.itemId(), o));
    List<Pair> pairs = new ArrayList<>();
    for (Observation observation : baseline) {
      Observation other = candidates.get(observation.itemId());
      if (observation.original() && other != null) {
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

  /** The paired table of correct answers. */
  public PairedOutcomes outcomes() {
    return outcomes(pairs);
  }

  /** The paired table of correct answers to the items of one label; empty when there is none. */
  public Optional<PairedOutcomes> outcomes(String label) {
    List<Pair> slice = pairs.stream().filter(p -> p.baseline().label().equals(label)).toList();
    return slice.isEmpty() ? Optional.empty() : Optional.of(outcomes(slice));
  }

  private static PairedOutcomes outcomes(List<Pair> pairs) {
    boolean[] baseline = new boolean[pairs.size()];
    boolean[] candidate = new boolean[pairs.size()];
    for (int i = 0; i < pairs.size(); i++) {
      baseline[i] = pairs.get(i).baseline().correct();
      candidate[i] = pairs.get(i).candidate().correct();
    }
    return PairedOutcomes.of(baseline, candidate);
  }

  /**
   * The difference of a metric with its paired bootstrap interval: BCa for shares and F1,
   * percentile for quantiles and means of single rows, whose jackknife would be unstable or
   * expensive. Absent when no common item has it.
   */
  public @Nullable Measure difference(Metric metric, long seed) {
    if (metric == Metric.CONSISTENCY ? agreements.isEmpty() : pairs.isEmpty()) {
      return null;
    }
    return switch (metric) {
      case ACCURACY, EXACT_MATCH ->
          share(
              pairs.stream()
                  .mapToInt(p -> outcome(p.baseline().correct(), p.candidate().correct()))
                  .toArray(),
              seed);
      case CONSISTENCY ->
          share(
              agreements.stream().mapToInt(a -> outcome(a.baseline(), a.candidate())).toArray(),
              seed);
      case MACRO_F1 -> macroF1(seed);
      case LATENCY_P50 -> latency(0.5, seed);
      case LATENCY_P95 -> latency(0.95, seed);
      case COST_PER_1000 -> cost(seed);
    };
  }

  private static int outcome(boolean baseline, boolean candidate) {
    return candidate == baseline ? 0 : candidate ? 1 : 2;
  }

  private static Measure share(int[] outcomes, long seed) {
    Bootstrap bootstrap = Bootstrap.ofCells(outcomes, 3, Figures.RESAMPLES, seed);
    Bootstrap.Statistic difference = cells -> (double) (cells[1] - cells[2]) / outcomes.length;
    return Measure.of(
        bootstrap.observed(difference),
        bootstrap.bca(difference, Measure.CONFIDENCE),
        outcomes.length);
  }

  private Measure macroF1(long seed) {
    int answers = cells.labels() + 1;
    int[] cellOfPair =
        pairs.stream()
            .mapToInt(p -> cells.of(p.baseline()) * answers + cells.answer(p.candidate()))
            .toArray();
    Bootstrap bootstrap =
        Bootstrap.ofCells(cellOfPair, cells.size() * answers, Figures.RESAMPLES, seed);
    Bootstrap.Statistic difference =
        joint -> {
          int[] baseline = new int[cells.size()];
          int[] candidate = new int[cells.size()];
          for (int cell = 0; cell < joint.length; cell++) {
            int ofBaseline = cell / answers;
            baseline[ofBaseline] += joint[cell];
            candidate[ofBaseline / answers * answers + cell % answers] += joint[cell];
          }
          return Confusion.macroF1(candidate, cells.labels())
              - Confusion.macroF1(baseline, cells.labels());
        };
    return Measure.of(
        bootstrap.observed(difference),
        bootstrap.bca(difference, Measure.CONFIDENCE),
        pairs.size());
  }

  private Measure latency(double quantile, long seed) {
    double[] baseline = column(p -> p.baseline().latencyMillis());
    double[] candidate = column(p -> p.candidate().latencyMillis());
    int[] baselineOrder = order(baseline);
    int[] candidateOrder = order(candidate);
    return ofRows(
        rows ->
            quantile(candidate, candidateOrder, rows, quantile)
                - quantile(baseline, baselineOrder, rows, quantile),
        seed);
  }

  private Measure cost(long seed) {
    double[] differences =
        column(p -> 1000 * p.candidate().costUsd().subtract(p.baseline().costUsd()).doubleValue());
    return ofRows(rows -> Figures.mean(differences, rows), seed);
  }

  private Measure ofRows(Bootstrap.Statistic statistic, long seed) {
    Bootstrap bootstrap = Bootstrap.ofRows(pairs.size(), Figures.RESAMPLES, seed);
    return Measure.of(
        bootstrap.observed(statistic),
        bootstrap.percentile(statistic, Measure.CONFIDENCE),
        pairs.size());
  }

  private double[] column(ToDoubleFunction<Pair> figure) {
    return pairs.stream().mapToDouble(figure).toArray();
  }

  private static int[] order(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> values[i]))
        .mapToInt(i -> i)
        .toArray();
  }

  /** {@link Quantiles#of} of a sample in which each row occurs so many times. */
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
