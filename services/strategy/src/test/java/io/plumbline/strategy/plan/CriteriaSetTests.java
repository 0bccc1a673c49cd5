package io.plumbline.strategy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.problem.Problem.FieldError;
import io.plumbline.strategy.StrategyProblem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriteriaSetTests {

  private static final Criterion ACCURACY =
      new Criterion("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.85, 0.02, 300);
  private static final Criterion MACRO_F1 =
      new Criterion("macro_f1", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.7, 0.02, 300);
  private static final Criterion LATENCY =
      new Criterion("latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, 2_000, 500, 300);

  private static StrategyProblem problem(Criterion... criteria) {
    return (StrategyProblem)
        catchThrowableOfType(Problem.class, () -> CriteriaSet.of("a", List.of(criteria))).type();
  }

  @Test
  void two_metrics_of_one_kind_are_one_metric() {
    assertThat(problem(ACCURACY)).isEqualTo(StrategyProblem.SINGLE_METRIC);
    assertThat(problem(ACCURACY, MACRO_F1)).isEqualTo(StrategyProblem.SINGLE_METRIC);
    assertThat(StrategyProblem.SINGLE_METRIC.recorded()).isTrue();
  }

  @Test
  void what_cannot_be_judged_is_named() {
    assertThat(problem(ACCURACY, ACCURACY, LATENCY)).isEqualTo(StrategyProblem.INVALID_CRITERIA);
    assertThat(
            problem(
                new Criterion("bleu", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.5, 0, 10),
                LATENCY))
        .isEqualTo(StrategyProblem.INVALID_CRITERIA);
    assertThat(
            problem(
                new Criterion("accuracy", MetricKind.COST, Direction.AT_MOST, 85, -1, 0), LATENCY))
        .isEqualTo(StrategyProblem.INVALID_CRITERIA);
    assertThat(
            problem(
                new Criterion(
                    "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, Double.NaN, 0, 10),
                LATENCY))
        .isEqualTo(StrategyProblem.INVALID_CRITERIA);
  }

  @Test
  void the_digest_is_over_application_and_criteria_alone() {
    CriteriaSet set = CriteriaSet.of("a", List.of(ACCURACY, LATENCY));
    assertThat(set.digest()).isEqualTo(CriteriaSet.of("a", List.of(ACCURACY, LATENCY)).digest());
    assertThat(set.digest()).isNotEqualTo(CriteriaSet.of("b", List.of(ACCURACY, LATENCY)).digest());
    assertThatThrownBy(() -> set.criteria().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "1, 1, 1000000"})
  void the_bounds_themselves_can_be_judged(double threshold, double margin, int sampleSize) {
    Criterion accuracy =
        new Criterion(
            "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, threshold, margin, sampleSize);

    assertThat(CriteriaSet.of("a", List.of(accuracy, LATENCY)).criteria())
        .containsExactly(accuracy, LATENCY);
  }

  @ParameterizedTest
  @CsvSource({
    "-0.1, 0, 1, threshold, must be from 0 to 1",
    "1.1, 0, 1, threshold, must be from 0 to 1",
    "0.5, -0.1, 1, margin, must be from 0 to 1",
    "0.5, 1.1, 1, margin, must be from 0 to 1",
    "0.5, 0, 0, sampleSize, must be from 1 to 1000000",
    "0.5, 0, 1000001, sampleSize, must be from 1 to 1000000"
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
                    margin,
                    sampleSize),
                LATENCY))
        .containsExactly(new FieldError("/criteria/0/" + field, detail));
  }

  @Test
  void a_quantity_has_no_upper_bound() {
    assertThat(
            errors(
                ACCURACY,
                new Criterion(
                    "latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, -1, -1, 300)))
        .containsExactly(
            new FieldError("/criteria/1/threshold", "must be a number of at least 0"),
            new FieldError("/criteria/1/margin", "must be a number of at least 0"));
  }

  @Test
  void kind_direction_and_name_of_a_metric_are_those_of_evaluation() {
    assertThat(
            errors(
                new Criterion("accuracy", MetricKind.COST, Direction.AT_MOST, 0.5, 0, 300),
                new Criterion("bleu", MetricKind.COST, Direction.AT_MOST, 0.5, 0, 300),
                LATENCY,
                LATENCY))
        .containsExactly(
            new FieldError("/criteria/0/kind", "must be TASK_QUALITY, the kind of accuracy"),
            new FieldError("/criteria/0/direction", "must be AT_LEAST for accuracy"),
            new FieldError(
                "/criteria/1/metric",
                "is not a metric that evaluation computes; use one of [accuracy, macro_f1,"
                    + " consistency, latency_p50_ms, latency_p95_ms, cost_per_1000_usd]"),
            new FieldError("/criteria/3/metric", "occurs twice; give each metric one threshold"));
  }

  private static List<Object> errors(Criterion... criteria) {
    Problem problem =
        catchThrowableOfType(Problem.class, () -> CriteriaSet.of("a", List.of(criteria)));
    Map<String, Object> properties = Objects.requireNonNull(problem.body().getProperties());
    return List.copyOf((List<?>) Objects.requireNonNull(properties.get("errors")));
  }
}
