package io.plumbline.evaluation.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.metric.Measure;
import io.plumbline.evaluation.metric.Metric;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.metric.Observations;
import io.plumbline.evaluation.metric.Pairing;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.statistics.Proportion;
import io.plumbline.statistics.VerdictPlan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgementTests {

  private static final VerdictPlan ONE = new VerdictPlan(1);
  private static final List<Metric> METRICS =
      List.of(Observations.ACCURACY, Metric.LATENCY_P95, Metric.COST_PER_1000);

  private static Criterion accuracy(double threshold, double margin) {
    return new Criterion(
        "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, threshold, 1, margin, 100);
  }

  private static final Criterion LATENCY =
      new Criterion("latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, 500, 100, 0, 100);

  private static Judgement judge(Criterion criterion, Measure measure) {
    return judge(criterion, measure, null);
  }

  private static Judgement judge(Criterion criterion, Measure measure, @Nullable Pairing pairing) {
    return Judgement.of(
        List.of(criterion),
        METRICS,
        Map.of(criterion.metric(), measure),
        Map.of(),
        pairing,
        ONE,
        1);
  }

  @Test
  void the_interval_is_compared_with_the_threshold() {
    assertThat(judge(accuracy(0.8, 0), new Measure(0.85, 0.81, 0.88, 400)).outcome())
        .isEqualTo(Outcome.PASS);
    assertThat(judge(accuracy(0.9, 0), new Measure(0.85, 0.81, 0.88, 400)).outcome())
        .isEqualTo(Outcome.FAIL);
    assertThat(judge(LATENCY, new Measure(300, 250.0, 450.0, 400)).outcome())
        .isEqualTo(Outcome.PASS);
    assertThat(judge(LATENCY, new Measure(900, 800.0, null, 400)).outcome())
        .isEqualTo(Outcome.FAIL);
    assertThat(judge(LATENCY, new Measure(300, 250.0, null, 400)).outcome())
        .isEqualTo(Outcome.INCONCLUSIVE);
  }

  /** The test of 0.83 against 0.8 needs z² · 0.8 · 0.2 / 0.03² = 683 items in all. */
  @Test
  void an_inconclusive_criterion_says_how_many_items_would_decide_it() {
    Judgement judgement = judge(accuracy(0.8, 0), new Measure(0.83, 0.79, 0.86, 400));
    assertThat(judgement.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(judgement.criteria().getFirst().moreItems()).isEqualTo(283);
    assertThat(judgement.reasons()).singleElement().asString().contains("about 283 more items");
  }

  /**
   * No rank of 63 items lies above the 95th percentile with 97.5%, since 0.95^63 = 0.04; 72 items
   * are needed, since 0.95^72 = 0.025.
   */
  @Test
  void a_percentile_without_a_bound_says_how_many_items_its_interval_needs() {
    Criterion fromFew =
        new Criterion("latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, 2000, 100, 0, 60);
    Judgement judgement = judge(fromFew, new Measure(221, 200.0, null, 63));
    assertThat(judgement.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(judgement.criteria().getFirst().moreItems()).isEqualTo(9);
    assertThat(judgement.reasons())
        .singleElement()
        .asString()
        .contains("from 63 items, but its interval needs 72: 9 more items are needed");
  }

  @Test
  void a_sample_below_the_registered_size_decides_nothing() {
    Judgement judgement = judge(accuracy(0.8, 0), new Measure(0.99, 0.93, 1.0, 60));
    assertThat(judgement.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(judgement.reasons()).singleElement().asString().contains("40 more items are needed");
  }

  @Test
  void what_was_not_measured_is_inconclusive() {
    assertThat(judge(LATENCY, new Measure(1, 1.0, 1.0, 400)).outcome()).isEqualTo(Outcome.PASS);
    Judgement judgement = Judgement.of(List.of(LATENCY), METRICS, Map.of(), Map.of(), null, ONE, 1);
    assertThat(judgement.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(judgement.reasons())
        .containsExactly(
            "latency_p95_ms was not measured: run a suite with a scorer that measures it");
  }

  @Test
  void a_margin_requires_non_inferiority() {
    Measure good = new Measure(0.85, 0.81, 0.88, 400);
    assertThat(judge(accuracy(0.8, 0.05), good, pairing(40, 40)).outcome()).isEqualTo(Outcome.PASS);
    assertThat(judge(accuracy(0.8, 0.05), good, pairing(20, 80)).outcome()).isEqualTo(Outcome.FAIL);
    assertThat(judge(accuracy(0.8, 0.02), good, pairing(40, 40)).outcome())
        .isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(judge(accuracy(0.8, 0), good, pairing(20, 80)).outcome()).isEqualTo(Outcome.PASS);
  }

  @Test
  void a_margin_without_a_baseline_is_inconclusive_by_name() {
    Judgement judgement = judge(accuracy(0.8, 0.05), new Measure(0.85, 0.81, 0.88, 400));
    assertThat(judgement.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(judgement.reasons())
        .containsExactly(
            "accuracy has a margin of 0.0500, but no baseline that measured it on the items of this"
                + " run had been recorded when it started: record another run of the same suite as"
                + " a baseline before the runs that are compared with it");
    assertThat(judge(accuracy(0.9, 0.05), new Measure(0.85, 0.81, 0.88, 400)).outcome())
        .isEqualTo(Outcome.FAIL);
  }

  /** 336 of 400 lie above 0.8 with 95%, but not with the 99% of one verdict of five. */
  @Test
  void each_of_five_planned_verdicts_is_judged_at_a_fifth_of_the_level() {
    assertThat(plannedVerdict(1).outcome()).isEqualTo(Outcome.PASS);
    Judgement one = plannedVerdict(5);
    assertThat(one.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(one.reasons()).singleElement().asString().contains("99% interval");
  }

  @Test
  void what_a_judge_gave_no_score_for_is_inconclusive_by_name() {
    Judgement judgement =
        Judgement.of(
            List.of(accuracy(0.8, 0)),
            METRICS,
            Map.of(),
            Map.of("accuracy", "scorer clarity gave no score for 3 of 40 items: it refused (3)"),
            null,
            ONE,
            1);

    assertThat(judgement.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(judgement.reasons())
        .containsExactly(
            "accuracy was not measured: scorer clarity gave no score for 3 of 40 items: it refused"
                + " (3)");
  }

  private static Judgement plannedVerdict(int planned) {
    VerdictPlan plan = new VerdictPlan(planned);
    Proportion share = new Proportion(336, 400);
    return Judgement.of(
        List.of(accuracy(0.8, 0)),
        METRICS,
        Map.of(
            "accuracy",
            Measure.of(share.value(), share.wilsonInterval(plan.intervalConfidence()), 400)),
        Map.of(),
        null,
        plan,
        1);
  }

  /**
   * Half the width of a symmetric 95% interval is 1.96 standard errors, and the smallest effect is
   * 2.80 of them.
   */
  @Test
  void every_criterion_says_the_smallest_effect_it_could_have_seen() {
    Judgement.Judged judged =
        judge(accuracy(0.8, 0), new Measure(0.85, 0.8108, 0.8892, 400)).criteria().getFirst();
    assertThat(judged.smallestEffect()).isCloseTo(0.02 * 2.8, within(1e-3));
    assertThat(judge(LATENCY, new Measure(300, 250.0, null, 400)).criteria())
        .singleElement()
        .extracting(Judgement.Judged::smallestEffect)
        .isNull();
  }

  /** A power of 0.9 takes 1.96 and 1.28 standard errors. */
  @Test
  void the_smallest_effect_is_that_of_the_power_that_is_registered() {
    Criterion certain =
        new Criterion(
            "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.8, 0.9, 0.9, 0, 100);
    assertThat(
            judge(certain, new Measure(0.85, 0.8108, 0.8892, 400))
                .criteria()
                .getFirst()
                .smallestEffect())
        .isCloseTo(0.02 * 3.24, within(1e-3));
  }

  @Test
  void a_cost_without_a_price_is_inconclusive() {
    Criterion cost =
        new Criterion("cost_per_1000_usd", MetricKind.COST, Direction.AT_MOST, 5, 1, 0, 100);
    assertThat(Judgement.of(List.of(cost), METRICS, Map.of(), Map.of(), null, ONE, 1).reasons())
        .singleElement()
        .asString()
        .startsWith("cost_per_1000_usd was not measured: list a price");
  }

  /** A baseline that abstains from all but one item shows no loss on that one. */
  @Test
  void a_margin_is_not_kept_by_the_few_items_that_both_answered() {
    Metric selective = Metric.selectiveQuality("selective", Observations.LABEL);
    Criterion criterion =
        new Criterion("selective", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.8, 1, 0.05, 100);
    Measure good = new Measure(0.85, 0.81, 0.88, 400);

    Judgement ofOne = selective(criterion, selective, good, answered(1));

    assertThat(ofOne.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(ofOne.reasons())
        .singleElement()
        .asString()
        .contains("from 1 items that count for both, but the criterion registers 100");
    assertThat(selective(criterion, selective, good, answered(100)).outcome())
        .isEqualTo(Outcome.PASS);
  }

  private static Judgement selective(
      Criterion criterion, Metric selective, Measure measure, List<Observation> baseline) {
    return Judgement.of(
        List.of(criterion),
        List.of(selective),
        Map.of(criterion.metric(), measure),
        Map.of(),
        Pairing.of(baseline, answered(400), Set.of()),
        ONE,
        1);
  }

  /** Returns 400 items, the first of which are answered right and the others abstained from. */
  private static List<Observation> answered(int items) {
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      observations.add(
          new Observation(
              "i" + i,
              Perturbation.NONE,
              null,
              null,
              Map.of(Observations.LABEL, i < items ? 1.0 : 0.0),
              Map.of(),
              Set.of(),
              i >= items,
              null,
              false,
              1,
              null));
    }
    return observations;
  }

  /**
   * Returns 400 pairs of answers. The candidate alone is right on {@code gained}, the baseline
   * alone on {@code lost}, and both on the others.
   */
  private static Pairing pairing(int gained, int lost) {
    List<Observation> baseline = new ArrayList<>();
    List<Observation> candidate = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      baseline.add(
          Observations.labelled(
              "i" + i, Perturbation.NONE, "a", i < gained ? "b" : "a", false, 1, BigDecimal.ZERO));
      candidate.add(
          Observations.labelled(
              "i" + i,
              Perturbation.NONE,
              "a",
              i >= gained && i < gained + lost ? "b" : "a",
              false,
              1,
              BigDecimal.ZERO));
    }
    return Pairing.of(baseline, candidate, Set.of("a", "b"));
  }
}
