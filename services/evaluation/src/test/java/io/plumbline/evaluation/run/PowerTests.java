package io.plumbline.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Criterion.PowerPlan;
import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Evaluator;
import io.plumbline.evaluation.projection.Criteria;
import io.plumbline.evaluation.statistics.VerdictPlan;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.evaluation.suite.SuiteDefinition;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PowerTests {

  private static List<String> lacking(int items, int planned, @Nullable PowerPlan power) {
    Digest digest = Digest.ofText("x");
    Criterion accuracy =
        new Criterion("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.5, 0, 50, power);
    return Power.lacking(
        new Criteria(
            "mail-triage",
            1,
            digest,
            digest,
            new VerdictPlan(planned),
            List.of(accuracy),
            Instant.EPOCH),
        new Suite(
            new UUID(0, 1),
            "suite",
            1,
            digest,
            new SuiteDefinition(
                "suite",
                digest,
                "test",
                digest,
                List.of(Evaluator.CLASSIFICATION),
                items,
                List.of(),
                0,
                1),
            List.of("ham", "spam"),
            items,
            0,
            "ada",
            Instant.EPOCH));
  }

  /** (1.96 + 0.84)² · 0.25 / 0.1² = 196.2 items for 0.6 against 0.5; (2.58 + 0.84)² · 25 = 292. */
  @Test
  void a_suite_with_too_few_items_is_named_with_what_it_takes() {
    PowerPlan power = new PowerPlan(0.1, 0.8, null);
    assertThat(lacking(197, 1, power)).isEmpty();
    assertThat(lacking(196, 1, power)).singleElement().asString().startsWith("accuracy: 197 items");
    assertThat(lacking(197, 5, power)).singleElement().asString().startsWith("accuracy: 292 items");
  }

  @Test
  void a_registered_spread_counts_and_no_plan_demands_nothing() {
    assertThat(lacking(100, 1, new PowerPlan(0.1, 0.8, 0.3))).isEmpty();
    assertThat(lacking(1, 1, null)).isEmpty();
  }
}
