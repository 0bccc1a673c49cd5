package io.plumbline.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Figures;
import io.plumbline.evaluation.metric.Measure;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.projection.Criteria;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.ScorerType;
import io.plumbline.evaluation.scorer.Scores;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.evaluation.suite.SuiteDefinition;
import io.plumbline.platform.problem.Problem;
import io.plumbline.statistics.VerdictPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PowerCheckTests {

  private static final Criterion ACCURACY =
      new Criterion("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.5, 0.6, 0, 50);
  private static final Criterion CONSISTENCY =
      new Criterion("consistency", MetricKind.ROBUSTNESS, Direction.AT_LEAST, 0.5, 0.9, 0, 10);
  private static final Criterion MACRO_F1 =
      new Criterion("macro_f1", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.6, 0.8, 0, 50);
  private static final Criterion LATENCY =
      new Criterion("latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, 500, 400, 0, 50);
  private static final Criterion COST =
      new Criterion("cost_per_1000_usd", MetricKind.COST, Direction.AT_MOST, 5, 4, 0, 50);

  /** Returns the check of a suite in which half of the items are perturbed. */
  private static PowerCheck power(
      int items, int planned, Criterion criterion, Figures... explored) {
    return power(
        items, planned, criterion, List.of(Scorer.of(ScorerType.LABEL)), Map.of(), explored);
  }

  private static PowerCheck power(
      int items,
      int planned,
      Criterion criterion,
      List<Scorer> scorers,
      Map<String, Integer> applicable,
      Figures... explored) {
    Digest digest = Digest.ofText("x");
    SuiteDefinition definition =
        new SuiteDefinition(
            "suite",
            digest,
            "test",
            digest,
            scorers,
            items,
            List.of(Perturbation.LOWER_CASE),
            items / 2,
            1);
    return new PowerCheck(
        new Criteria(
            "mail-triage",
            1,
            digest,
            digest,
            new VerdictPlan(planned),
            List.of(criterion),
            Instant.EPOCH,
            CriteriaPurpose.RELEASE),
        new Suite(
            new UUID(0, 1),
            "suite",
            1,
            digest,
            definition,
            List.of("ham", "spam"),
            items,
            items / 2,
            applicable,
            "ada",
            Instant.EPOCH),
        new ExplorationResults(List.of(explored))::measureOf);
  }

  private static Figures explored(String metric, Measure measure) {
    return new Figures(Map.of(metric, measure), Map.of(), null, List.of(), Map.of());
  }

  /**
   * Returns figures with the symmetric 95% interval of values with this spread, which is 3.92
   * standard errors wide.
   */
  private static Figures spread(String metric, double value, double spread, int rows) {
    double half = 1.959964 * spread / Math.sqrt(rows);
    return explored(metric, new Measure(value, value - half, value + half, rows));
  }

  private static Problem refused(PowerCheck power) {
    return Objects.requireNonNull(catchThrowableOfType(Problem.class, power::requireEnoughItems));
  }

  private static void needs(long items, int planned, Criterion criterion, Figures... explored) {
    assertThatCode(power((int) items, planned, criterion, explored)::requireEnoughItems)
        .doesNotThrowAnyException();
    Problem refused = refused(power((int) items - 1, planned, criterion, explored));
    assertThat(refused.type()).isEqualTo(RunProblem.UNDERPOWERED);
    assertThat(refused.missing())
        .singleElement()
        .asString()
        .startsWith("%s: %d items, of which".formatted(criterion.metric(), items));
  }

  /**
   * 0.6 against 0.5 takes (1.96 + 0.84)² · 0.25 / 0.1² = 196.2 items for one planned verdict, and
   * (2.58 + 0.84)² · 25 = 292 for five.
   */
  @Test
  void a_share_needs_as_many_items_as_the_binomial_spread_takes() {
    needs(197, 1, ACCURACY);
    needs(292, 5, ACCURACY);
  }

  /**
   * A variant that is always right on validation has no spread there, but it would have one at 0.6.
   */
  @Test
  void what_a_share_was_on_validation_makes_no_difference() {
    needs(197, 1, ACCURACY, explored("accuracy", new Measure(1, 1.0, 1.0, 400)));
  }

  @Test
  void a_perturbed_share_needs_perturbed_items() {
    assertThatCode(power(26, 1, CONSISTENCY)::requireEnoughItems).doesNotThrowAnyException();
    assertThat(refused(power(24, 1, CONSISTENCY)).missing())
        .containsExactly(
            "consistency: 13 perturbed items, of which the suite has 12, to see 0.9 against a"
                + " threshold of 0.5 with a probability of 0.8 in one of 1 planned verdicts");
  }

  /** The number of items is (1.96 + 0.84)² · 0.8² / 0.2² = 125.6. */
  @Test
  void another_metric_needs_as_many_items_as_the_spread_that_validation_measured_takes() {
    needs(126, 1, MACRO_F1, spread("macro_f1", 0.7, 0.8, 100));
  }

  /** The number of items is (1.96 + 0.84)² · 0.6 · 0.4 / 0.2² = 47.1. */
  @Test
  void a_metric_of_the_unit_interval_spreads_at_least_as_a_share_would() {
    needs(48, 1, MACRO_F1, explored("macro_f1", new Measure(1, 1.0, 1.0, 100)));
  }

  @Test
  void the_run_over_the_most_rows_counts_and_of_equal_ones_the_first() {
    needs(
        126,
        1,
        MACRO_F1,
        spread("macro_f1", 0.7, 1.2, 99),
        spread("macro_f1", 0.7, 0.8, 100),
        spread("macro_f1", 0.7, 0.5, 100));
  }

  @Test
  void what_was_not_measured_on_validation_is_asked_for_by_name() {
    Figures tooFew = explored("latency_p95_ms", new Measure(300, 200.0, null, 60));
    for (Figures[] explored : List.of(new Figures[0], new Figures[] {tooFew})) {
      Problem refused = refused(power(400, 1, LATENCY, explored));
      assertThat(refused.type()).isEqualTo(RunProblem.SPREAD_UNMEASURED);
      assertThat(refused.type().isRecorded()).isTrue();
      assertThat(refused.missing())
          .containsExactly(
              "a run of this subject over at least 72 validation rows that measures"
                  + " latency_p95_ms");
    }
    assertThat(
            Stream.of(MACRO_F1, COST)
                .map(each -> refused(power(400, 1, each)).missing().getFirst()))
        .containsExactly(
            "a run of this subject over validation rows that measures macro_f1",
            "a run of this subject over validation rows that measures cost_per_1000_usd");
  }

  /** A percentile has no interval below 72 items, and with five planned verdicts below 104. */
  @Test
  void a_percentile_needs_the_items_of_its_interval_however_little_it_spreads() {
    needs(72, 1, LATENCY, spread("latency_p95_ms", 300, 1, 100));
    needs(104, 5, LATENCY, spread("latency_p95_ms", 300, 1, 100));
  }

  @Test
  void a_cost_that_is_the_same_for_every_item_needs_one() {
    assertThatCode(power(1, 1, COST, spread("cost_per_1000_usd", 1, 0, 100))::requireEnoughItems)
        .doesNotThrowAnyException();
  }

  @Test
  void what_the_suite_does_not_measure_is_left_to_the_verdict() {
    Criterion unmeasured =
        new Criterion("exact_match", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.5, 0.6, 0, 50);
    assertThatCode(power(1, 1, unmeasured)::requireEnoughItems).doesNotThrowAnyException();
  }

  private static final Criterion OUT_OF_SCOPE =
      new Criterion(
          "out_of_scope_recall", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.5, 0.9, 0, 10);
  private static final Criterion SELECTIVE =
      new Criterion("selective", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.5, 0.6, 0, 50);

  private static PowerCheck ofAnswers(
      int items, Criterion criterion, int outOfScope, Figures... explored) {
    return power(
        items,
        1,
        criterion,
        List.of(
            Scorer.of(ScorerType.SQUAD_EXACT),
            Scorer.of(ScorerType.OUT_OF_SCOPE_RECALL),
            Scores.about(ScorerType.SELECTIVE, "squad_exact")),
        Map.of("out_of_scope_recall", outOfScope),
        explored);
  }

  @Test
  void only_items_to_which_a_scorer_applies_show_anything() {
    assertThatCode(ofAnswers(400, OUT_OF_SCOPE, 13)::requireEnoughItems).doesNotThrowAnyException();
    assertThat(refused(ofAnswers(400, OUT_OF_SCOPE, 12)).missing())
        .singleElement()
        .asString()
        .startsWith(
            "out_of_scope_recall: 13 items to which it applies, of which the suite has 12, to see");
  }

  /** A run would spend an attempt, and its verdict could only say that items are missing. */
  @Test
  void criteria_that_register_more_items_than_a_scorer_applies_to_are_refused() {
    Criterion many =
        new Criterion(
            "out_of_scope_recall", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.5, 0.9, 0, 100);

    assertThat(refused(ofAnswers(400, many, 99)).missing())
        .singleElement()
        .asString()
        .startsWith(
            "out_of_scope_recall: 100 items to which it applies, of which the suite has 99");
    assertThatCode(ofAnswers(400, many, 100)::requireEnoughItems).doesNotThrowAnyException();
  }

  private static Figures answered(int answered, int of) {
    return new Figures(
        Map.of(
            "selective", new Measure(0.8, 0.7, 0.9, answered),
            "latency_p50_ms", new Measure(1, 1.0, 1.0, of)),
        Map.of(),
        null,
        List.of(),
        Map.of());
  }

  /** Any share of 0.6 against 0.5 needs 197 items. */
  @Test
  void how_many_answers_there_will_be_is_what_validation_measured() {
    assertThatCode(ofAnswers(394, SELECTIVE, 9, answered(50, 100))::requireEnoughItems)
        .doesNotThrowAnyException();
    assertThat(refused(ofAnswers(393, SELECTIVE, 9, answered(50, 100))).missing())
        .singleElement()
        .asString()
        .startsWith("selective: 197 items to which it applies, of which the suite has 196");
    Problem unmeasured = refused(ofAnswers(400, SELECTIVE, 9));
    assertThat(unmeasured.type()).isEqualTo(RunProblem.SPREAD_UNMEASURED);
    assertThat(unmeasured.missing())
        .containsExactly("a run of this subject over validation rows that measures selective");
  }
}
