package io.plumbline.evaluation.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.projection.SplitProjection.Admission;
import io.plumbline.statistics.VerdictPlan;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CriteriaTests {

  private static boolean balanced(MetricKind... kinds) {
    return new Criteria(
            "mail-triage",
            1,
            Digest.ofText("criteria"),
            Digest.ofText("suite"),
            new VerdictPlan(5),
            Stream.of(kinds)
                .map(kind -> new Criterion("m", kind, Direction.AT_LEAST, 0.9, 0.95, 0, 50))
                .toList(),
            Instant.EPOCH,
            CriteriaPurpose.RELEASE)
        .hasQualityAndAnotherKind();
  }

  @Test
  void criteria_are_of_quality_and_of_another_kind() {
    assertThat(balanced(MetricKind.TASK_QUALITY, MetricKind.TASK_QUALITY)).isFalse();
    assertThat(balanced(MetricKind.TASK_QUALITY, MetricKind.LATENCY)).isTrue();
    assertThat(balanced(MetricKind.COST, MetricKind.LATENCY)).isFalse();
    assertThat(balanced()).isFalse();
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
