package io.plumbline.strategy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KnownMetricTests {

  @ParameterizedTest
  @CsvSource({
    "accuracy, TASK_QUALITY, AT_LEAST",
    "macro_f1, TASK_QUALITY, AT_LEAST",
    "consistency, ROBUSTNESS, AT_LEAST",
    "latency_p50_ms, LATENCY, AT_MOST",
    "latency_p95_ms, LATENCY, AT_MOST",
    "cost_per_1000_usd, COST, AT_MOST"
  })
  void every_metric_of_evaluation_has_a_kind_and_a_direction(
      String metric, MetricKind kind, Direction direction) {
    KnownMetric known = KnownMetric.of(metric).orElseThrow();

    assertThat(known.kind()).isEqualTo(kind);
    assertThat(known.direction()).isEqualTo(direction);
  }

  @ParameterizedTest
  @EnumSource
  void a_share_is_at_most_1_and_a_quantity_has_no_bound(KnownMetric metric) {
    boolean share = metric.direction() == Direction.AT_LEAST;

    assertThat(metric.largest()).isEqualTo(share ? 1 : Double.MAX_VALUE);
  }

  @Test
  void another_name_is_no_metric() {
    assertThat(KnownMetric.of("bleu")).isEmpty();
    assertThat(KnownMetric.of("ACCURACY")).isEmpty();
  }
}
