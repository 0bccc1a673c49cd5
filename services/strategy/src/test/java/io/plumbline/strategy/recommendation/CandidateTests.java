package io.plumbline.strategy.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests when a measured variant meets the criteria and when it beats another one. */
class CandidateTests {

  private static final List<SuiteMetric> METRICS = StrategyFixture.SUITE.metrics();

  @Test
  void without_a_verdict_the_best_figures_meet_nothing() {
    assertThat(
            candidate(400, Map.of("accuracy", new Measure(0.99, 0.98, 1.0)), null).meetsCriteria())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"PASS, true", "FAIL, false", "INCONCLUSIVE, false"})
  void a_verdict_decides_whatever_the_figures_are(Outcome outcome, boolean meets) {
    assertThat(candidate(1, Map.of(), outcome).meetsCriteria()).isEqualTo(meets);
  }

  @Test
  void better_on_one_metric_and_worse_on_none_dominates() {
    assertThat(measured(0.9, 100).dominates(measured(0.8, 100), METRICS)).isTrue();
    assertThat(measured(0.9, 90).dominates(measured(0.9, 100), METRICS)).isTrue();
  }

  @Test
  void a_trade_off_or_a_tie_dominates_nothing() {
    assertThat(measured(0.9, 200).dominates(measured(0.8, 100), METRICS)).isFalse();
    assertThat(measured(0.9, 100).dominates(measured(0.9, 100), METRICS)).isFalse();
  }

  @Test
  void a_metric_that_only_one_has_is_left_out() {
    Candidate onlyAccuracy =
        candidate(400, Map.of("accuracy", new Measure(0.95, null, null)), null);

    assertThat(onlyAccuracy.dominates(measured(0.9, 10), METRICS)).isTrue();
  }

  private static Candidate measured(double accuracy, double latency) {
    return candidate(
        400,
        Map.of(
            "accuracy",
            new Measure(accuracy, null, null),
            "latency_p95_ms",
            new Measure(latency, null, null)),
        null);
  }

  private static Candidate candidate(
      long items, Map<String, Measure> metrics, @Nullable Outcome outcome) {
    Digest digest = Digest.ofText("variant");
    return new Candidate(
        new Variant(digest, "v", digest, "local/choice", digest, null, false, Instant.EPOCH),
        new Run(
            new UUID(0, 1),
            digest,
            digest,
            RunOutcome.SUCCEEDED,
            items,
            0,
            metrics,
            BigDecimal.ZERO,
            "USD",
            Instant.EPOCH),
        outcome == null
            ? null
            : new Verdict(
                new UUID(0, 2),
                VerdictKind.PHASE,
                null,
                digest,
                null,
                null,
                outcome,
                List.of(),
                Instant.EPOCH));
  }
}
