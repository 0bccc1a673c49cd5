package io.plumbline.strategy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.platform.problem.Problem;
import io.plumbline.strategy.StrategyProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
