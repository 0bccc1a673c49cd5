package io.plumbline.training.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.training.job.Configuration;
import io.plumbline.training.job.JobState;
import io.plumbline.training.job.TrainingMethod;
import io.plumbline.training.job.TrainingRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SweepTests {

  private static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");
  private static final BigDecimal DOLLAR_PER_HOUR = BigDecimal.ONE;

  @Test
  void the_first_trial_may_spend_the_whole_budget() {
    Sweep sweep = sweep(new BigDecimal("2.5"), null);
    assertThat(sweep.first(DOLLAR_PER_HOUR).request().maxSpend()).isEqualByComparingTo("2.5");
  }

  @Test
  void a_budget_of_time_is_acap_on_spend() {
    Sweep sweep = sweep(null, 1_800.0);
    assertThat(sweep.first(DOLLAR_PER_HOUR).request().maxSpend()).isEqualByComparingTo("0.5");
  }

  @Test
  void ends_without_asuccess_as_failed() {
    Sweep sweep = sweep(null, null);
    sweep.stop(null, NOW);
    assertThat(sweep.state()).isEqualTo(SweepState.FAILED);
    assertThat(sweep.reason()).isEqualTo("No trial succeeded");
  }

  @Test
  void a_higher_value_is_better_and_of_equal_ones_the_lower_loss() {
    Trial trial = Trial.waiting(Map.of(), Configuration.of(Map.of(), ""));
    Trial good = trial.ended(JobState.SUCCEEDED, 0.9, 0.3);
    assertThat(good.betterThan(trial.ended(JobState.SUCCEEDED, 0.8, 0.1))).isTrue();
    assertThat(good.betterThan(trial.ended(JobState.SUCCEEDED, 0.9, 0.2))).isFalse();
    assertThat(good.betterThan(trial.ended(JobState.FAILED, null, null))).isTrue();
    assertThat(trial.ended(JobState.FAILED, null, null).betterThan(good)).isFalse();
  }

  private static Sweep sweep(@Nullable BigDecimal maxSpend, @Nullable Double maxComputeSeconds) {
    Configuration configuration = Configuration.of(Map.of(), "");
    TrainingRequest common =
        new TrainingRequest(
            "mail-triage",
            "local/choice-minilm",
            TrainingMethod.HEAD,
            Digest.ofText("split"),
            configuration,
            1,
            0,
            null,
            null,
            "ada");
    Grid grid = new Grid(Map.of("epochs", List.of(5.0, 10.0)));
    List<Trial> trials =
        grid.points(2, 1).stream().map(point -> Trial.waiting(point, configuration)).toList();
    return new Sweep(
        UUID.randomUUID(),
        UUID.randomUUID(),
        new SweepRequest(common, grid, trials, TaskMetric.MACRO_F1, maxSpend, maxComputeSeconds),
        NOW);
  }
}
