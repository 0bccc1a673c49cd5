package io.plumbline.evaluation.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Measures how long the interval of a difference takes with 10,000 resamples of 10,000 pairs of
 * answers, beside a naive bootstrap, and how long a comparison of two runs with 4,500 items of 150
 * labels takes in all. All measurements use all cores. It is run by hand: {@code BootstrapBench
 * [rounds]}.
 */
public final class BootstrapBench {

  private static final int PAIRS = 10_000;
  private static final long SEED = 7;
  private static final int WARM_UP_ROUNDS = 10;
  private static final List<String> LABELS =
      List.of("billing", "delivery", "other", "returns", "sales", "technical");
  private static final int ITEMS = 4_500;
  private static final List<String> MANY_LABELS =
      IntStream.range(0, 150).mapToObj(label -> "intent-" + label).toList();
  private static final List<Metric> METRICS =
      List.of(
          Observations.ACCURACY,
          Metric.MACRO_F1,
          Metric.LATENCY_P50,
          Metric.LATENCY_P95,
          Metric.COST_PER_1000);

  /** A contender in the measurement, whose result depends on the seed alone. */
  private record Contender(
      String name, Supplier<Measure> measure, List<Double> millis, List<Double> cpuMillis) {

    Contender(String name, Supplier<Measure> measure) {
      this(name, measure, new ArrayList<>(), new ArrayList<>());
    }
  }

  private BootstrapBench() {}

  public static void main(String... arguments) {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    Random random = new Random(SEED);
    Pairing pairing =
        Pairing.of(
            answers(random, PAIRS, LABELS, 0.85), answers(random, PAIRS, LABELS, 0.88), LABELS);
    Contender plain = new Contender("A difference of accuracies, plain", () -> plain(pairing));
    List<Contender> contenders = new ArrayList<>(List.of(plain));
    for (Metric metric :
        List.of(Observations.ACCURACY, Metric.MACRO_F1, Metric.LATENCY_P95, Metric.COST_PER_1000)) {
      contenders.add(
          new Contender(
              (char) ('A' + contenders.size()) + " difference of " + metric.name(),
              () -> Objects.requireNonNull(pairing.difference(metric, Measure.CONFIDENCE, SEED))));
    }
    List<Measure> expected =
        contenders.stream().map(contender -> contender.measure().get()).toList();
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      for (int i = 0; i <= contenders.size(); i++) {
        time(
            contenders.get(i % contenders.size()), expected.get(i % contenders.size()), round >= 0);
      }
    }
    System.out.printf(
        "%,d resamples of %,d pairs, medians of %d rounds in the order A B C D E A after %d to warm"
            + " up [least – most]%n",
        Figures.RESAMPLES, PAIRS, rounds, WARM_UP_ROUNDS);
    contenders.forEach(contender -> print(contender, plain));
    System.out.printf(
        "  each time the same interval; with another seed another: %s%n",
        !Objects.equals(
            pairing.difference(Metric.MACRO_F1, Measure.CONFIDENCE, SEED + 1),
            pairing.difference(Metric.MACRO_F1, Measure.CONFIDENCE, SEED)));
    compareRuns(rounds);
  }

  /** Computes the figures of both runs and every difference, as a comparison of runs does. */
  private static void compareRuns(int rounds) {
    Random random = new Random(SEED);
    List<Observation> baseline = answers(random, ITEMS, MANY_LABELS, 0.85);
    List<Observation> candidate = answers(random, ITEMS, MANY_LABELS, 0.88);
    Contender comparison =
        new Contender(
            "figures of two runs and their differences",
            () -> {
              Figures.of(baseline, MANY_LABELS, METRICS, SEED);
              Figures.of(candidate, MANY_LABELS, METRICS, SEED);
              Pairing pairing = Pairing.of(baseline, candidate, MANY_LABELS);
              METRICS.forEach(metric -> pairing.difference(metric, Measure.CONFIDENCE, SEED));
              return Objects.requireNonNull(
                  pairing.difference(Metric.MACRO_F1, Measure.CONFIDENCE, SEED));
            });
    Measure expected = comparison.measure().get();
    for (int round = -1; round < rounds; round++) {
      time(comparison, expected, round >= 0);
    }
    System.out.printf("%,d items of %d labels, medians of %d%n", ITEMS, MANY_LABELS.size(), rounds);
    print(comparison, comparison);
  }

  private static void time(Contender contender, Measure expected, boolean counts) {
    double cpu = cpuMillis();
    long started = System.nanoTime();
    Measure measure = contender.measure().get();
    double millis = (System.nanoTime() - started) / 1e6;
    if (!measure.equals(expected)) {
      throw new IllegalStateException("The same seed gave " + measure + " after " + expected);
    }
    if (counts) {
      contender.millis().add(millis);
      contender.cpuMillis().add(cpuMillis() - cpu);
    }
  }

  private static void print(Contender contender, Contender baseline) {
    List<Double> sorted = contender.millis().stream().sorted().toList();
    System.out.printf(
        "  %-44s %,8.1f ms [%,.1f – %,.1f]  %.2f×, %,.0f ms of CPU%n",
        contender.name(),
        median(sorted),
        sorted.getFirst(),
        sorted.getLast(),
        median(sorted) / median(baseline.millis()),
        median(contender.cpuMillis()));
  }

  private static List<Observation> answers(
      Random random, int items, List<String> labels, double accuracy) {
    List<Observation> answers = new ArrayList<>();
    for (int item = 0; item < items; item++) {
      String label = labels.get(item % labels.size());
      String answer =
          random.nextDouble() < accuracy ? label : labels.get(random.nextInt(labels.size()));
      double millis = Math.exp(5 + random.nextGaussian());
      answers.add(
          Observations.labelled(
              "item-" + item,
              Perturbation.NONE,
              label,
              answer,
              false,
              millis,
              BigDecimal.valueOf(millis * 1e-6).setScale(9, RoundingMode.HALF_UP)));
    }
    return answers;
  }

  /** Draws each row, adds up the differences and takes the percentiles. */
  private static Measure plain(Pairing pairing) {
    int[] differences =
        pairing.pairs().stream()
            .mapToInt(pair ->
                (pair.candidate().isRight(Observations.LABEL) ? 1 : 0)
                    - (pair.baseline().isRight(Observations.LABEL) ? 1 : 0))
            .toArray();
    double[] replicates =
        IntStream.range(0, Figures.RESAMPLES)
            .parallel()
            .mapToDouble(resample -> {
              SplittableRandom random = new SplittableRandom(SEED + resample);
              int sum = 0;
              for (int i = 0; i < differences.length; i++) {
                sum += differences[random.nextInt(differences.length)];
              }
              return (double) sum / differences.length;
            })
            .toArray();
    Arrays.sort(replicates);
    double observed = IntStream.of(differences).average().orElseThrow();
    return new Measure(
        observed,
        replicates[replicates.length / 40],
        replicates[replicates.length - replicates.length / 40],
        PAIRS);
  }

  private static double cpuMillis() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip((values.size() - 1) / 2).findFirst().orElseThrow();
  }
}
