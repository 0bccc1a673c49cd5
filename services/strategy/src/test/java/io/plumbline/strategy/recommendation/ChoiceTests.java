package io.plumbline.strategy.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.strategy.StrategyFixture;
import io.plumbline.strategy.projection.Run;
import io.plumbline.strategy.projection.Variant;
import io.plumbline.strategy.projection.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChoiceTests {

  private static final List<Criterion> CRITERIA =
      List.of(
          new Criterion(
              "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.85, 0.93, 0, 300),
          new Criterion(
              "latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, 2_000, 1_000, 0, 300));

  private static final List<SuiteMetric> METRICS = StrategyFixture.SUITE.metrics();

  private static final Candidate PROMPT = candidate("prompt", false, false, 0.70, 50, null);
  private static final Candidate FEW_SHOT = candidate("few-shot", false, false, 0.75, 60, null);
  private static final Candidate RETRIEVAL =
      candidate("retrieval", true, false, 0.91, 80, Outcome.PASS);
  private static final Candidate TUNED = candidate("tuned", false, true, 0.95, 50, Outcome.PASS);

  private static Candidate candidate(
      String name,
      boolean retrieves,
      boolean tuned,
      double accuracy,
      double latency,
      @Nullable Outcome outcome) {
    Digest digest = Digest.ofText(name);
    Run run =
        new Run(
            new UUID(0, name.hashCode()),
            digest,
            digest,
            RunOutcome.SUCCEEDED,
            400,
            0,
            Map.of(
                "accuracy",
                new Measure(accuracy, accuracy - 0.03, accuracy + 0.03),
                "latency_p95_ms",
                new Measure(latency, null, null)),
            BigDecimal.ZERO,
            "USD",
            Instant.EPOCH);
    Verdict verdict =
        outcome == null
            ? null
            : new Verdict(
                new UUID(0, 1),
                VerdictKind.PHASE,
                null,
                digest,
                null,
                null,
                outcome,
                List.of(),
                Instant.EPOCH);
    return new Candidate(
        new Variant(
            digest,
            name,
            digest,
            "local/choice",
            digest,
            retrieves ? digest : null,
            tuned,
            Instant.EPOCH),
        run,
        verdict);
  }

  @Test
  void the_simplest_that_meets_the_criteria_wins_over_the_best() {
    Choice choice =
        Choice.among(List.of(PROMPT, FEW_SHOT, RETRIEVAL, TUNED), CRITERIA, METRICS).orElseThrow();

    assertThat(choice.chosen()).isEqualTo(RETRIEVAL);
    assertThat(choice.meets()).isTrue();
    assertThat(choice.runnerUp()).contains(TUNED);
    assertThat(choice.nonDominated()).containsExactly(TUNED);
  }

  @Test
  void without_one_that_meets_them_the_best_is_named_as_such() {
    Choice choice = Choice.among(List.of(PROMPT, FEW_SHOT), CRITERIA, METRICS).orElseThrow();

    assertThat(choice.chosen()).isEqualTo(FEW_SHOT);
    assertThat(choice.meets()).isFalse();
    assertThat(choice.runnerUp()).isEmpty();
    assertThat(Rationale.of(choice, CRITERIA, List.of(), null, List.of()))
        .isEqualTo(
            "No variant has a verdict that it meets the registered criteria; 'few-shot' (prompting)"
                + " is the best so far and needs a reasoned override to be released:"
                + " accuracy 0.750 [0.720, 0.780] on 400 items.");
  }

  @Test
  void a_verdict_decides_whatever_the_figures_say() {
    Candidate refused = candidate("retrieval", true, false, 0.91, 80, Outcome.FAIL);
    Candidate passed = candidate("few-shot", false, false, 0.75, 60, Outcome.PASS);

    assertThat(Choice.among(List.of(refused, TUNED), CRITERIA, METRICS).orElseThrow().chosen())
        .isEqualTo(TUNED);
    assertThat(Choice.among(List.of(passed, TUNED), CRITERIA, METRICS).orElseThrow().chosen())
        .isEqualTo(passed);
  }

  @Test
  void within_an_approach_a_variant_that_is_worse_in_every_respect_is_out() {
    Candidate slow = candidate("slow", true, false, 0.90, 90, Outcome.PASS);
    assertThat(Choice.among(List.of(slow, RETRIEVAL), CRITERIA, METRICS).orElseThrow().chosen())
        .isEqualTo(RETRIEVAL);
  }

  @Test
  void nothing_measured_gives_no_choice() {
    assertThat(Choice.among(List.of(), CRITERIA, METRICS)).isEmpty();
  }
}
