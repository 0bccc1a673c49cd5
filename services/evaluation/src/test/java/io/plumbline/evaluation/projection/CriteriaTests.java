package io.plumbline.evaluation.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.projection.SplitProjection.Admission;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CriteriaTests {

  private static boolean severalKinds(MetricKind... kinds) {
    return new Criteria(
            "mail-triage",
            1,
            Digest.ofText("criteria"),
            Stream.of(kinds)
                .map(kind -> new Criterion("m", kind, Direction.AT_LEAST, 0.9, 0, 50))
                .toList(),
            Instant.EPOCH)
        .severalKinds();
  }

  @Test
  void two_metrics_of_one_kind_are_one_kind() {
    assertThat(severalKinds(MetricKind.TASK_QUALITY, MetricKind.TASK_QUALITY)).isFalse();
    assertThat(severalKinds(MetricKind.TASK_QUALITY, MetricKind.LATENCY)).isTrue();
    assertThat(severalKinds()).isFalse();
  }

  @Test
  void a_dataset_is_evaluated_only_with_its_admission_for_that_purpose() {
    assertThat(admission(Outcome.PASS, "TRAIN", "EVALUATE").allowsEvaluation()).isTrue();
    assertThat(admission(Outcome.PASS, "TRAIN").allowsEvaluation()).isFalse();
    assertThat(admission(Outcome.FAIL, "EVALUATE").allowsEvaluation()).isFalse();
    assertThat(admission(Outcome.INCONCLUSIVE, "EVALUATE").allowsEvaluation()).isFalse();
  }

  private static Admission admission(Outcome outcome, String... purposes) {
    return new Admission(outcome, List.of(purposes), List.of());
  }
}
