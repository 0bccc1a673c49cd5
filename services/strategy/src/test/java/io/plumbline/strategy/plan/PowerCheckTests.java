package io.plumbline.strategy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.platform.problem.Problem;
import io.plumbline.strategy.StrategyFixture;
import io.plumbline.strategy.StrategyProblem;
import io.plumbline.strategy.projection.Suite;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests power with the numbers of items that evaluation's own tests of power use. */
class PowerCheckTests {

  private static final Criterion ACCURACY =
      new Criterion("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.5, 0.6, 0, 50);
  private static final Criterion CONSISTENCY =
      new Criterion("consistency", MetricKind.ROBUSTNESS, Direction.AT_LEAST, 0.5, 0.9, 0, 10);
  private static final Criterion MACRO_F1 =
      new Criterion("macro_f1", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.6, 0.8, 0, 50);
  private static final Criterion OUT_OF_SCOPE =
      new Criterion(
          "out_of_scope_recall", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.4, 0.9, 0, 20);
  private static final Criterion LATENCY =
      new Criterion("latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, 500, 499, 0, 1);

  private static PowerCheck power(
      long items, long perturbedItems, int planned, Criterion... criteria) {
    return power(
        StrategyFixture.suite("suite", "test", items, perturbedItems).metrics(),
        items,
        perturbedItems,
        planned,
        criteria);
  }

  private static PowerCheck power(
      List<SuiteMetric> metrics,
      long items,
      long perturbedItems,
      int planned,
      Criterion... criteria) {
    SuitePublished suite = StrategyFixture.suite("suite", "test", items, perturbedItems);
    return new PowerCheck(
        new CriteriaSet(
            "mail-triage",
            suite.suiteDigest(),
            planned,
            2,
            List.of(criteria),
            CriteriaPurpose.RELEASE),
        new Suite(
            suite.suiteDigest(),
            suite.suite(),
            suite.version(),
            suite.splitDigest(),
            suite.subset(),
            null,
            suite.scorers(),
            metrics,
            suite.perturbations(),
            suite.items(),
            suite.perturbedItems()));
  }

  private static Problem refused(PowerCheck power) {
    return catchThrowableOfType(Problem.class, power::requireEnoughItems);
  }

  /**
   * One verdict needs (1.96 + 0.84)² · 0.25 / 0.1² = 196.2 items to see 0.6 against 0.5, and each
   * of five verdicts needs (2.58 + 0.84)² · 25 = 292.
   */
  @Test
  void a_suite_with_as_many_items_as_the_power_takes_is_enough_and_one_item_less_is_not() {
    assertThatCode(power(197, 100, 1, ACCURACY)::requireEnoughItems).doesNotThrowAnyException();
    assertThatCode(power(292, 100, 5, ACCURACY)::requireEnoughItems).doesNotThrowAnyException();

    Problem refused = refused(power(291, 100, 5, ACCURACY));
    assertThat(refused.type()).isEqualTo(StrategyProblem.UNDERPOWERED);
    assertThat(refused.type().isRecorded()).isTrue();
    assertThat(refused.missing())
        .containsExactly(
            "accuracy: 292 items, of which suite version 1 has 291, to see 0.6 against a threshold"
                + " of 0.5 with a probability of 0.8 in one of 5 planned verdicts");
  }

  @Test
  void a_perturbed_share_needs_perturbed_items_and_every_criterion_that_lacks_some_is_named() {
    assertThatCode(power(400, 13, 1, ACCURACY, CONSISTENCY)::requireEnoughItems)
        .doesNotThrowAnyException();

    assertThat(refused(power(196, 12, 1, ACCURACY, CONSISTENCY)).missing())
        .satisfiesExactly(
            accuracy -> assertThat(accuracy).startsWith("accuracy: 197 items"),
            consistency ->
                assertThat(consistency).startsWith("consistency: 13 perturbed items, of which"));
  }

  /**
   * The suite needs (1.96 + 0.84)² · 0.6 · 0.4 / 0.2² = 47.1 items, whatever validation measures.
   */
  @Test
  void a_metric_with_a_largest_value_needs_at_least_the_items_of_a_share() {
    assertThatCode(power(48, 100, 1, MACRO_F1)::requireEnoughItems).doesNotThrowAnyException();
    assertThat(refused(power(47, 100, 1, MACRO_F1)).missing())
        .singleElement()
        .asString()
        .startsWith("macro_f1: 48 items");
  }

  /** Criteria may register as many items as the suite has, but the metric applies to some only. */
  @Test
  void a_metric_of_some_items_needs_as_many_of_them_as_its_criterion_registers() {
    assertThatCode(power(List.of(outOfScope(20)), 300, 0, 1, OUT_OF_SCOPE)::requireEnoughItems)
        .doesNotThrowAnyException();

    assertThat(refused(power(List.of(outOfScope(19)), 300, 0, 1, OUT_OF_SCOPE)).missing())
        .containsExactly(
            "out_of_scope_recall: 20 items to which it applies, of which suite version 1 has 19, to"
                + " see 0.9 against a threshold of 0.4 with a probability of 0.8 in one of 1"
                + " planned verdicts");
  }

  private static SuiteMetric outOfScope(int items) {
    return new SuiteMetric(
        OUT_OF_SCOPE.metric(), MetricKind.TASK_QUALITY, Direction.AT_LEAST, 1.0, items);
  }

  @Test
  void what_only_validation_can_measure_is_left_to_evaluation() {
    assertThatCode(power(1, 100, 1, LATENCY)::requireEnoughItems).doesNotThrowAnyException();
  }
}
