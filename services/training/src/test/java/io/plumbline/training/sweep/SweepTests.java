package io.plumbline.training.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.state.JobState;
import io.plumbline.training.hyperparameter.HyperparameterConfiguration;
import io.plumbline.training.job.TestJobs;
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
  private static final UUID FIRST = new UUID(1, 1);
  private static final UUID SECOND = new UUID(1, 2);

  @Test
  void the_first_trial_may_spend_the_whole_budget() {
    Sweep sweep = sweep(new BigDecimal("2.5"), null);
    assertThat(sweep.firstSubmission(DOLLAR_PER_HOUR).request().maxSpend())
        .isEqualByComparingTo("2.5");
  }

  @Test
  void a_budget_of_time_is_a_cap_on_spend() {
    Sweep sweep = sweep(null, 1_800.0);
    assertThat(sweep.firstSubmission(DOLLAR_PER_HOUR).request().maxSpend())
        .isEqualByComparingTo("0.5");
  }

  @Test
  void of_two_budgets_the_smaller_is_the_cap() {
    assertThat(
            sweep(new BigDecimal("0.3"), 1_800.0)
                .firstSubmission(DOLLAR_PER_HOUR)
                .request()
                .maxSpend())
        .isEqualByComparingTo("0.3");
    assertThat(
            sweep(new BigDecimal("0.7"), 1_800.0)
                .firstSubmission(DOLLAR_PER_HOUR)
                .request()
                .maxSpend())
        .isEqualByComparingTo("0.5");
  }

  @Test
  void a_trial_is_a_job_of_the_sweep_with_the_configuration_of_its_point() {
    Sweep sweep = sweep(null, null);
    assertThat(sweep.firstSubmission(DOLLAR_PER_HOUR))
        .isEqualTo(
            new Sweep.Next.Submit(
                0,
                new TrainingRequest(
                    TestJobs.SPEC,
                    HyperparameterConfiguration.of(Map.of("epochs", 5.0), ""),
                    null,
                    sweep.id())));
  }

  @Test
  void the_next_trial_follows_the_end_of_one_and_may_spend_what_is_left() {
    Sweep sweep = started(new BigDecimal("2.5"), null);
    Sweep.Next next =
        sweep.recordTrialEnd(TestJobs.succeeded(FIRST, 0.9, 0.3), 3_600, DOLLAR_PER_HOUR, NOW);
    assertThat(next)
        .isEqualTo(
            new Sweep.Next.Submit(
                1,
                new TrainingRequest(
                    TestJobs.SPEC,
                    HyperparameterConfiguration.of(Map.of("epochs", 10.0), ""),
                    new BigDecimal("1.500000"),
                    sweep.id())));
    assertThat(sweep.state()).isEqualTo(SweepState.RUNNING);
    assertThat(sweep.computeSeconds()).isEqualTo(3_600);
  }

  @Test
  void succeeds_with_its_best_trial_after_the_last() {
    Sweep sweep = afterBoth(0.9, 0.8);
    assertThat(sweep.state()).isEqualTo(SweepState.SUCCEEDED);
    assertThat(sweep.reason()).isNull();
    assertThat(sweep.finishedAt()).isEqualTo(NOW);
    assertThat(sweep.best().map(Trial::jobId)).contains(FIRST);
    assertThat(afterBoth(0.8, 0.9).best().map(Trial::jobId)).contains(SECOND);
  }

  @Test
  void goes_on_after_a_trial_that_failed() {
    Sweep sweep = started(null, null);
    assertThat(sweep.recordTrialEnd(TestJobs.failed(FIRST), 10, DOLLAR_PER_HOUR, NOW))
        .isInstanceOf(Sweep.Next.Submit.class);
    sweep.recordTrialSubmission(1, SECOND);
    assertThat(sweep.recordTrialEnd(TestJobs.succeeded(SECOND, 0.7, 0.5), 10, DOLLAR_PER_HOUR, NOW))
        .isEqualTo(new Sweep.Next.Finish());
    assertThat(sweep.best().map(Trial::value)).contains(0.7);
    assertThat(sweep.trials())
        .extracting(Trial::state)
        .containsExactly(JobState.FAILED, JobState.SUCCEEDED);
  }

  @Test
  void stops_when_the_budget_is_used_up_and_keeps_what_it_found() {
    Sweep money = started(BigDecimal.ONE, null);
    assertThat(
            money.recordTrialEnd(TestJobs.succeeded(FIRST, 0.9, 0.3), 3_600, DOLLAR_PER_HOUR, NOW))
        .isEqualTo(new Sweep.Next.Finish());
    assertThat(money.state()).isEqualTo(SweepState.SUCCEEDED);
    assertThat(money.reason()).isEqualTo("The budget of 1 USD is used up");

    Sweep time = started(null, 60.0);
    assertThat(time.recordTrialEnd(TestJobs.failed(FIRST), 60, DOLLAR_PER_HOUR, NOW))
        .isEqualTo(new Sweep.Next.Finish());
    assertThat(time.state()).isEqualTo(SweepState.FAILED);
    assertThat(time.reason()).isEqualTo("The compute budget of 60 s is used up");
  }

  @Test
  void ends_with_the_trial_that_is_cancelled() {
    Sweep sweep = started(null, null);
    assertThat(
            sweep.recordTrialEnd(
                TestJobs.cancelled(FIRST, "Its sweep was cancelled"), 1, DOLLAR_PER_HOUR, NOW))
        .isEqualTo(new Sweep.Next.Finish());
    assertThat(sweep.state()).isEqualTo(SweepState.CANCELLED);
    assertThat(sweep.reason()).isEqualTo("Its sweep was cancelled");
  }

  @Test
  void ends_without_a_success_as_failed() {
    Sweep sweep = sweep(null, null);
    sweep.endWithBestTrial(null, NOW);
    assertThat(sweep.state()).isEqualTo(SweepState.FAILED);
    assertThat(sweep.reason()).isEqualTo("No trial succeeded");
  }

  @Test
  void a_job_that_is_not_a_trial_is_a_programming_error() {
    Sweep sweep = sweep(null, null);
    assertThatThrownBy(() -> sweep.recordTrialEnd(TestJobs.failed(SECOND), 1, DOLLAR_PER_HOUR, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_higher_value_is_better_and_of_equal_ones_the_lower_loss() {
    Trial trial = Trial.ofPoint(Map.of(), HyperparameterConfiguration.of(Map.of(), ""));
    Trial good = trial.withEnd(JobState.SUCCEEDED, 0.9, 0.3);
    assertThat(good.isBetterThan(trial.withEnd(JobState.SUCCEEDED, 0.8, 0.1))).isTrue();
    assertThat(good.isBetterThan(trial.withEnd(JobState.SUCCEEDED, 0.9, 0.2))).isFalse();
    assertThat(good.isBetterThan(trial.withEnd(JobState.FAILED, null, null))).isTrue();
    assertThat(trial.withEnd(JobState.FAILED, null, null).isBetterThan(good)).isFalse();
  }

  @Test
  void compares_trials_by_the_requested_metric() {
    assertThat(SweepMetric.of("macro_f1")).contains(SweepMetric.MACRO_F1);
    assertThat(SweepMetric.of("accuracy")).contains(SweepMetric.ACCURACY);
    assertThat(SweepMetric.of("f1")).isEmpty();
    assertThat(SweepMetric.MACRO_F1.valueIn(TestJobs.result(0.91, 0.3))).hasValue(0.91);
    assertThat(SweepMetric.ACCURACY.valueIn(TestJobs.result(0.91, 0.3))).hasValue(0.93);
  }

  private static Sweep afterBoth(double first, double second) {
    Sweep sweep = started(null, null);
    sweep.recordTrialEnd(TestJobs.succeeded(FIRST, first, 0.3), 10, DOLLAR_PER_HOUR, NOW);
    sweep.recordTrialSubmission(1, SECOND);
    sweep.recordTrialEnd(TestJobs.succeeded(SECOND, second, 0.3), 10, DOLLAR_PER_HOUR, NOW);
    return sweep;
  }

  private static Sweep started(@Nullable BigDecimal maxSpend, @Nullable Double seconds) {
    Sweep sweep = sweep(maxSpend, seconds);
    sweep.recordTrialSubmission(0, FIRST);
    return sweep;
  }

  private static Sweep sweep(@Nullable BigDecimal maxSpend, @Nullable Double maxComputeSeconds) {
    Grid grid = new Grid(Map.of("epochs", List.of(5.0, 10.0)));
    List<Trial> trials =
        grid.points(2, 1).stream()
            .map(point ->
                Trial.ofPoint(point, HyperparameterConfiguration.of(Map.copyOf(point), "")))
            .toList();
    return new Sweep(
        UUID.randomUUID(),
        UUID.randomUUID(),
        new SweepRequest(
            TestJobs.SPEC, grid, trials, SweepMetric.MACRO_F1, maxSpend, maxComputeSeconds),
        NOW);
  }
}
