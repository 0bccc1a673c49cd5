package io.plumbline.evaluation.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.metric.Figures;
import io.plumbline.evaluation.metric.Measure;
import io.plumbline.evaluation.metric.Metric;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.metric.Observations;
import io.plumbline.evaluation.metric.Pairing;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.statistics.Interval;
import io.plumbline.statistics.MinimumDetectableEffect;
import io.plumbline.statistics.Proportion;
import io.plumbline.statistics.VerdictPlan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests how often verdicts err, by simulation of a variant that is no better than the threshold or
 * the baseline, and of one at the registered alternative. Every simulation has a seed, so that it
 * always gives the same rate. Bounds allow three standard errors of the simulation.
 */
class ErrorRateTests {

  private static final int TRIALS = 10_000;

  /** The shortfall allowed to the normal approximation, where a single answer may decide. */
  private static final double APPROXIMATION = 0.015;

  private static final List<String> LABELS = List.of("a", "b", "c");
  private static final List<Metric> METRICS = List.of(Observations.ACCURACY, Metric.MACRO_F1);

  private final SplittableRandom random = new SplittableRandom(26);

  private static double noise(double rate, int trials) {
    return 3 * Math.sqrt(rate * (1 - rate) / trials);
  }

  private static Criterion accuracy(double threshold, double alternative) {
    return new Criterion(
        "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, threshold, alternative, 0, 1);
  }

  private static long items(Criterion criterion, VerdictPlan plan) {
    return MinimumDetectableEffect.requiredItems(
        criterion.minimumEffect(),
        plan.alphaPerVerdict(),
        criterion.power(),
        Proportion.maxStandardDeviation(criterion.threshold(), criterion.alternative()));
  }

  private Outcome verdict(Criterion criterion, double accuracy, long items, VerdictPlan plan) {
    long correct = 0;
    for (int i = 0; i < items; i++) {
      correct += random.nextDouble() < accuracy ? 1 : 0;
    }
    Proportion share = new Proportion(correct, items);
    Measure measure =
        Measure.of(share.value(), share.wilsonInterval(plan.intervalConfidence()), items);
    return Judgement.of(
            List.of(criterion), METRICS, Map.of("accuracy", measure), Map.of(), null, plan, 1)
        .outcome();
  }

  private double rate(
      Outcome outcome, Criterion criterion, double accuracy, long items, VerdictPlan plan) {
    int found = 0;
    for (int i = 0; i < TRIALS; i++) {
      found += verdict(criterion, accuracy, items, plan) == outcome ? 1 : 0;
    }
    return (double) found / TRIALS;
  }

  @ParameterizedTest
  @CsvSource({"0.85, 0.93, 1", "0.85, 0.93, 4", "0.7, 0.85, 4", "0.5, 0.6, 5", "0.9, 0.97, 20"})
  void a_variant_of_the_registered_alternative_passes_as_often_as_the_power_says(
      double threshold, double alternative, int planned) {
    Criterion criterion = accuracy(threshold, alternative);
    VerdictPlan plan = new VerdictPlan(planned);

    assertThat(rate(Outcome.PASS, criterion, alternative, items(criterion, plan), plan))
        .isGreaterThanOrEqualTo(
            criterion.power() - APPROXIMATION - noise(criterion.power(), TRIALS));
  }

  @ParameterizedTest
  @CsvSource({"0.85, 0.93", "0.7, 0.85", "0.5, 0.6"})
  void a_variant_that_only_reaches_the_threshold_passes_one_verdict_as_rarely_as_the_level_says(
      double threshold, double alternative) {
    Criterion criterion = accuracy(threshold, alternative);
    VerdictPlan plan = new VerdictPlan(1);

    assertThat(rate(Outcome.PASS, criterion, threshold, items(criterion, plan), plan))
        .isLessThanOrEqualTo(plan.alphaPerVerdict() + noise(plan.alphaPerVerdict(), TRIALS));
  }

  @Test
  void all_planned_verdicts_together_pass_no_such_variant_more_often_than_one_alone_would() {
    Criterion criterion = accuracy(0.85, 0.93);
    VerdictPlan plan = new VerdictPlan(4);
    long items = items(criterion, plan);
    int wrong = 0;
    int trials = TRIALS / 4;
    for (int i = 0; i < trials; i++) {
      boolean any = false;
      for (int verdict = 0; verdict < plan.planned(); verdict++) {
        any |= verdict(criterion, 0.85, items, plan) == Outcome.PASS;
      }
      wrong += any ? 1 : 0;
    }
    assertThat((double) wrong / trials)
        .isLessThanOrEqualTo(VerdictPlan.TOTAL_ALPHA + noise(VerdictPlan.TOTAL_ALPHA, trials));
  }

  /** Baseline and candidate answer alike in an A/A test, so that there is no difference to find. */
  @Test
  void a_comparison_of_a_system_with_itself_finds_a_difference_as_rarely_as_the_level_says() {
    int trials = 200;
    int found = 0;
    for (int i = 0; i < trials; i++) {
      Measure difference =
          Objects.requireNonNull(
              Pairing.of(answers(150, 0.8), answers(150, 0.8), Set.copyOf(LABELS))
                  .difference(Observations.ACCURACY, Measure.CONFIDENCE, i));
      found += low(difference) > 0 || high(difference) < 0 ? 1 : 0;
    }
    double level = 1 - Measure.CONFIDENCE;
    assertThat((double) found / trials).isLessThanOrEqualTo(level + noise(level, trials));
  }

  /** The number of items is planned by the spread of another sample, the validation rows. */
  @Test
  void macro_f1_of_the_alternative_is_shown_with_the_items_that_validation_asks_for() {
    double accuracy = 0.85;
    VerdictPlan plan = new VerdictPlan(1);
    Measure validation = macroF1(answers(400, accuracy), Measure.CONFIDENCE);
    double spread =
        MinimumDetectableEffect.impliedStandardDeviation(
            new Interval(low(validation), high(validation)),
            Measure.CONFIDENCE,
            validation.observations());
    // Errors are spread evenly over the labels, so that its macro-F1 is its accuracy.
    Criterion criterion =
        new Criterion("macro_f1", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.7, accuracy, 0, 1);
    int items =
        (int)
            MinimumDetectableEffect.requiredItems(
                criterion.minimumEffect(),
                plan.alphaPerVerdict(),
                criterion.power(),
                Math.max(spread, Proportion.maxStandardDeviation(0.7, accuracy)));
    int trials = 150;
    int passed = 0;
    for (int i = 0; i < trials; i++) {
      Measure measure = macroF1(answers(items, accuracy), plan.intervalConfidence());
      passed +=
          Judgement.of(
                          List.of(criterion),
                          METRICS,
                          Map.of("macro_f1", measure),
                          Map.of(),
                          null,
                          plan,
                          1)
                      .outcome()
                  == Outcome.PASS
              ? 1
              : 0;
    }
    assertThat((double) passed / trials)
        .isGreaterThanOrEqualTo(criterion.power() - noise(criterion.power(), trials));
  }

  private static Measure macroF1(List<Observation> answers, double confidence) {
    return Objects.requireNonNull(
        Figures.measures(answers, LABELS, List.of(Metric.MACRO_F1), confidence, 7).get("macro_f1"));
  }

  /** Returns answers for equally frequent labels; a wrong answer is one of the other two. */
  private List<Observation> answers(int items, double accuracy) {
    List<Observation> answers = new ArrayList<>();
    IntStream.range(0, items)
        .forEach(i -> {
          int label = i % LABELS.size();
          int answer =
              random.nextDouble() < accuracy
                  ? label
                  : (label + 1 + random.nextInt(LABELS.size() - 1)) % LABELS.size();
          answers.add(
              Observations.labelled(
                  "i" + i,
                  Perturbation.NONE,
                  LABELS.get(label),
                  LABELS.get(answer),
                  false,
                  1,
                  BigDecimal.ZERO));
        });
    return answers;
  }

  private static double low(Measure measure) {
    return Objects.requireNonNull(measure.low());
  }

  private static double high(Measure measure) {
    return Objects.requireNonNull(measure.high());
  }
}
