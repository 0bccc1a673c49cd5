package io.plumbline.strategy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.problem.Problem.FieldError;
import io.plumbline.strategy.StrategyFixture;
import io.plumbline.strategy.StrategyProblem;
import io.plumbline.strategy.projection.Suite;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriteriaSetTests {

  private static final Criterion ACCURACY =
      new Criterion("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.85, 0.93, 0.02, 300);
  private static final Criterion MACRO_F1 =
      new Criterion("macro_f1", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.7, 0.8, 0.02, 300);
  private static final Criterion LATENCY =
      new Criterion(
          "latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, 2_000, 1_000, 500, 300);

  private static final Suite SUITE = suite("test", 400, 100);

  private static Suite suite(String subset, long items, long perturbedItems) {
    SuitePublished suite = StrategyFixture.suite("suite", subset, items, perturbedItems);
    return new Suite(
        suite.suiteDigest(),
        suite.suite(),
        suite.version(),
        suite.splitDigest(),
        suite.subset(),
        Digest.ofText("rows"),
        suite.scorers(),
        suite.metrics(),
        suite.perturbations(),
        suite.items(),
        suite.perturbedItems());
  }

  private static CriteriaSet set(Criterion... criteria) {
    return CriteriaSet.of("a", StrategyFixture.proposed(criteria), SUITE);
  }

  private static StrategyProblem problem(Criterion... criteria) {
    return (StrategyProblem) catchThrowableOfType(Problem.class, () -> set(criteria)).type();
  }

  @Test
  void two_metrics_of_one_kind_are_one_metric() {
    assertThat(problem(ACCURACY)).isEqualTo(StrategyProblem.SINGLE_METRIC);
    assertThat(problem(ACCURACY, MACRO_F1)).isEqualTo(StrategyProblem.SINGLE_METRIC);
    assertThat(StrategyProblem.SINGLE_METRIC.isRecorded()).isTrue();
  }

  @Test
  void what_cannot_be_judged_is_named() {
    assertThat(problem(ACCURACY, ACCURACY, LATENCY)).isEqualTo(StrategyProblem.INVALID_CRITERIA);
    assertThat(
            problem(
                new Criterion("bleu", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.5, 0.9, 0, 10),
                LATENCY))
        .isEqualTo(StrategyProblem.INVALID_CRITERIA);
    assertThat(
            problem(
                new Criterion("accuracy", MetricKind.COST, Direction.AT_MOST, 85, 80, -1, 0),
                LATENCY))
        .isEqualTo(StrategyProblem.INVALID_CRITERIA);
    assertThat(
            problem(
                new Criterion(
                    "accuracy",
                    MetricKind.TASK_QUALITY,
                    Direction.AT_LEAST,
                    Double.NaN,
                    0.9,
                    0,
                    10),
                LATENCY))
        .isEqualTo(StrategyProblem.INVALID_CRITERIA);
  }

  @Test
  void speed_and_cost_without_quality_are_no_success() {
    Criterion cost =
        new Criterion("cost_per_1000_usd", MetricKind.COST, Direction.AT_MOST, 1, 0.5, 0, 300);

    assertThat(problem(LATENCY, cost)).isEqualTo(StrategyProblem.SINGLE_METRIC);
    assertThat(catchThrowableOfType(Problem.class, () -> set(LATENCY, cost)).missing())
        .containsExactly("a metric of quality");
  }

  @Test
  void a_suite_by_which_candidates_are_chosen_carries_no_verdict() {
    Problem refused =
        catchThrowableOfType(
            Problem.class,
            () ->
                CriteriaSet.of(
                    "a",
                    StrategyFixture.proposed(ACCURACY, LATENCY),
                    suite("validation", 400, 100)));

    assertThat(refused.type()).isEqualTo(StrategyProblem.EXPLORATION_SUITE);
    assertThat(refused.type().isRecorded()).isTrue();
  }

  @Test
  void consistency_needs_a_suite_that_perturbs() {
    Criterion consistency =
        new Criterion("consistency", MetricKind.ROBUSTNESS, Direction.AT_LEAST, 0.7, 0.85, 0, 100);

    assertThat(set(ACCURACY, consistency).criteria()).containsExactly(ACCURACY, consistency);
    assertThat(
            catchThrowableOfType(
                    Problem.class,
                    () ->
                        CriteriaSet.of(
                            "a",
                            StrategyFixture.proposed(ACCURACY, consistency),
                            suite("test", 400, 0)))
                .type())
        .isEqualTo(StrategyProblem.INVALID_CRITERIA);
  }

  @Test
  void more_perturbed_items_than_there_are_cannot_be_asked_for() {
    assertThat(
            errors(
                ACCURACY,
                new Criterion(
                    "consistency", MetricKind.ROBUSTNESS, Direction.AT_LEAST, 0.7, 0.85, 0, 101)))
        .containsExactly(
            new FieldError(
                "/criteria/1/sampleSize",
                "must be from 1 to 100, the perturbed items of suite version 1"));
  }

  @ParameterizedTest
  @CsvSource({"0.85", "0.8", "1.1", "NaN"})
  void an_alternative_that_is_no_better_than_the_threshold_or_cannot_be_is_refused(
      double alternative) {
    Criterion accuracy =
        new Criterion(
            "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.85, alternative, 0, 300);

    assertThat(errors(accuracy, LATENCY))
        .containsExactly(
            new FieldError(
                "/criteria/0/alternative",
                "must be above the threshold of 0.85 and at most 1: it is the value that a variant"
                    + " worth having is expected to have"));
  }

  @ParameterizedTest
  @CsvSource({"2000", "3000", "-1"})
  void an_alternative_of_what_is_to_be_small_lies_below_the_threshold(double alternative) {
    Criterion latency =
        new Criterion(
            "latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, 2_000, alternative, 0, 300);

    assertThat(errors(ACCURACY, latency))
        .containsExactly(
            new FieldError(
                "/criteria/1/alternative",
                "must be below the threshold of 2000 and at least 0: it is the value that a variant"
                    + " worth having is expected to have"));
  }

  /** The whole confidence interval has to reach the threshold, and every interval has a width. */
  @Test
  void a_threshold_beyond_which_nothing_lies_is_refused() {
    assertThat(
            errors(
                new Criterion(
                    "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 1, 1, 0, 300),
                new Criterion(
                    "latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, 0, 0, 0, 300)))
        .containsExactly(
            new FieldError(
                "/criteria/0/threshold",
                "must be below 1: no value of accuracy lies beyond it, so no run could be shown to"
                    + " reach it"),
            new FieldError(
                "/criteria/1/threshold",
                "must be above 0: no value of latency_p95_ms lies beyond it, so no run could be"
                    + " shown to reach it"));
  }

  @Test
  void the_digest_is_over_application_version_suite_plan_and_criteria() {
    CriteriaSet set = set(ACCURACY, LATENCY);
    assertThat(set.digest(1)).isEqualTo(set(ACCURACY, LATENCY).digest(1));
    assertThat(set.digest(1)).isNotEqualTo(set.digest(2));
    assertThat(set.digest(1))
        .isNotEqualTo(
            CriteriaSet.of("b", StrategyFixture.proposed(ACCURACY, LATENCY), SUITE).digest(1));
    assertThat(set.digest(1))
        .isNotEqualTo(
            CriteriaSet.of(
                    "a",
                    new ProposedCriteria(
                        SUITE.suiteDigest(),
                        4,
                        2,
                        List.of(ACCURACY, LATENCY),
                        CriteriaPurpose.RELEASE),
                    SUITE)
                .digest(1));
    assertThatThrownBy(() -> set.criteria().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @CsvSource({"0.01, 0, 1", "0.99, 0.99, 400"})
  void the_bounds_themselves_can_be_judged(double threshold, double margin, int sampleSize) {
    Criterion accuracy =
        new Criterion(
            "accuracy",
            MetricKind.TASK_QUALITY,
            Direction.AT_LEAST,
            threshold,
            1,
            margin,
            sampleSize);

    assertThat(set(accuracy, LATENCY).criteria()).containsExactly(accuracy, LATENCY);
  }

  @ParameterizedTest
  @CsvSource({
    "-0.1, 0, 1, threshold, must be from 0 to 1",
    "1.1, 0, 1, threshold, must be from 0 to 1",
    "0.5, -0.1, 1, margin, must be from 0 to 1",
    "0.5, 1.1, 1, margin, must be from 0 to 1",
    "0.5, 0, 0, sampleSize, 'must be from 1 to 400, the items of suite version 1'",
    "0.5, 0, 401, sampleSize, 'must be from 1 to 400, the items of suite version 1'"
  })
  void a_share_beyond_its_bounds_is_named_with_them(
      double threshold, double margin, int sampleSize, String field, String detail) {
    assertThat(
            errors(
                new Criterion(
                    "accuracy",
                    MetricKind.TASK_QUALITY,
                    Direction.AT_LEAST,
                    threshold,
                    0.9,
                    margin,
                    sampleSize),
                LATENCY))
        .containsExactly(new FieldError("/criteria/0/" + field, detail));
  }

  /** Releasing by such criteria would be the same as releasing without any, but with a verdict. */
  @Test
  void criteria_that_nothing_can_miss_are_refused_by_name() {
    assertThat(
            errors(
                new Criterion(
                    "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0, 0.5, 0, 300),
                new Criterion(
                    "latency_p95_ms",
                    MetricKind.LATENCY,
                    Direction.AT_MOST,
                    600_000,
                    1_000,
                    0,
                    300),
                new Criterion(
                    "cost_per_1000_usd", MetricKind.COST, Direction.AT_MOST, 1e9, 1, 0, 300)))
        .containsExactly(
            new FieldError(
                "/criteria/0/threshold",
                "must be above 0, which every run reaches: accuracy would ask for nothing"),
            new FieldError(
                "/criteria/1/threshold",
                "must be below 600000, which every run reaches: latency_p95_ms would ask for"
                    + " nothing"),
            new FieldError(
                "/criteria/2/threshold",
                "must be below 100000, which every run reaches: cost_per_1000_usd would ask for"
                    + " nothing"));
  }

  @Test
  void a_margin_that_no_loss_exceeds_is_refused_by_name() {
    assertThat(
            errors(
                new Criterion(
                    "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.8, 0.9, 1, 300),
                new Criterion(
                    "latency_p95_ms",
                    MetricKind.LATENCY,
                    Direction.AT_MOST,
                    2_000,
                    1_000,
                    1e9,
                    300)))
        .containsExactly(
            new FieldError(
                "/criteria/0/margin",
                "must be below 1: no run loses more, so accuracy would not be compared"),
            new FieldError(
                "/criteria/1/margin",
                "must be below 600000: no run loses more, so latency_p95_ms would not be"
                    + " compared"));
  }

  @Test
  void a_quantity_starts_at_zero() {
    assertThat(
            errors(
                ACCURACY,
                new Criterion(
                    "latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, -1, 0, -1, 300)))
        .containsExactly(
            new FieldError("/criteria/1/threshold", "must be a number from 0"),
            new FieldError("/criteria/1/margin", "must be a number from 0"));
  }

  @Test
  void kind_direction_and_name_of_a_metric_are_those_of_evaluation() {
    assertThat(
            errors(
                new Criterion("accuracy", MetricKind.COST, Direction.AT_MOST, 0.5, 0.4, 0, 300),
                new Criterion("bleu", MetricKind.COST, Direction.AT_MOST, 0.5, 0.4, 0, 300),
                LATENCY,
                LATENCY))
        .containsExactly(
            new FieldError("/criteria/0/kind", "must be TASK_QUALITY, the kind of accuracy"),
            new FieldError("/criteria/0/direction", "must be AT_LEAST for accuracy"),
            new FieldError(
                "/criteria/1/metric",
                "is not measured by suite version 1; use one of [accuracy, macro_f1,"
                    + " latency_p95_ms, cost_per_1000_usd, consistency]"),
            new FieldError("/criteria/3/metric", "occurs twice; give each metric one threshold"));
  }

  private static List<Object> errors(Criterion... criteria) {
    Problem problem = catchThrowableOfType(Problem.class, () -> set(criteria));
    Map<String, Object> properties = Objects.requireNonNull(problem.body().getProperties());
    return List.copyOf((List<?>) Objects.requireNonNull(properties.get("errors")));
  }
}
