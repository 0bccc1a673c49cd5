package io.plumbline.strategy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import org.junit.jupiter.api.Test;

/** Tests thresholds and margins that ask for nothing. */
class TrivialThresholdTests {

  /** A metric as a suite publishes it, with its direction, which is not listed in this service. */
  private static final SuiteMetric LOSS =
      new SuiteMetric("brier", MetricKind.TASK_QUALITY, Direction.AT_MOST, 1.0, null);

  private static Criterion atMost(double threshold, double margin) {
    return new Criterion(
        "brier", MetricKind.TASK_QUALITY, Direction.AT_MOST, threshold, 0.05, margin, 50);
  }

  @Test
  void a_quality_that_improves_downwards_ends_at_its_largest_value() {
    assertThat(TrivialThreshold.thresholdFault(atMost(1, 0), LOSS))
        .contains("must be below 1, which every run reaches: brier would ask for nothing");
    assertThat(TrivialThreshold.thresholdFault(atMost(0.2, 0), LOSS)).isEmpty();
  }

  @Test
  void no_run_loses_more_than_all_of_it() {
    assertThat(TrivialThreshold.marginFault(atMost(0.2, 1), LOSS)).isPresent();
    assertThat(TrivialThreshold.marginFault(atMost(0.2, 0.1), LOSS)).isEmpty();
  }
}
