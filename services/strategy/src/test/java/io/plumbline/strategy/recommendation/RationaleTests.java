package io.plumbline.strategy.recommendation;

import static io.plumbline.strategy.StrategyFixture.ACCURACY;
import static io.plumbline.strategy.StrategyFixture.LATENCY;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.Delta;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.StrategyFixture;
import io.plumbline.strategy.economics.CostModel.BreakEven;
import io.plumbline.strategy.economics.CostModel.Total;
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

/** Tests the sentences of a recommendation. */
class RationaleTests {

  private static final Candidate PROMPT = candidate("prompt", null, 0.90, 400);
  private static final Candidate RETRIEVAL =
      candidate("retrieval", Digest.ofText("index"), 0.95, 400);

  @Test
  void the_choice_is_named_with_its_figures_and_compared_with_the_best_of_another_approach() {
    assertThat(rationale(List.of(PROMPT, RETRIEVAL), List.of(), null))
        .isEqualTo(
            "'prompt' (prompting) is the simplest approach that meets the registered"
                + " criteria: accuracy 0.900 [0.870, 0.930] on 400 items. The best of another"
                + " approach, 'retrieval', reaches accuracy 0.950 [0.920, 0.980], 5.0 points"
                + " more.");
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, 0.09, a clear difference",
    "-0.09, -0.01, a clear difference",
    "-0.02, 0.09, within chance"
  })
  void an_interval_without_zero_is_a_clear_difference(double low, double high, String verdict) {
    Delta delta =
        new Delta(
            new UUID(0, 1),
            Digest.ofText("prompt"),
            Map.of("accuracy", new Measure(0.04, low, high)),
            0.021);

    assertThat(rationale(List.of(PROMPT), List.of(delta), null))
        .contains("Against the baseline accuracy differs by +0.040")
        .contains(", p = 0.021, which is " + verdict + ".");
  }

  @Test
  void a_delta_of_another_variant_says_nothing() {
    Delta delta =
        new Delta(
            new UUID(0, 1),
            Digest.ofText("other"),
            Map.of("accuracy", new Measure(0.04, 0.01, 0.09)),
            null);

    assertThat(rationale(List.of(PROMPT), List.of(delta), null)).doesNotContain("baseline");
  }

  @Test
  void a_crossover_is_given_with_its_volume() {
    assertThat(
            rationale(
                List.of(PROMPT),
                List.of(),
                new BreakEven(
                    Approach.PROMPT_ENGINEERING,
                    Approach.RAG,
                    1_000L,
                    "prompting is cheaper below 1,000 calls a month, retrieval from there on")))
        .endsWith(
            "Costs: prompting is cheaper below 1,000 calls a month, retrieval from there on. Before"
                + " any call, the cost model assumes 20 USD for prompting and 250 USD for retrieval"
                + " a month.");
  }

  @Test
  void an_equal_value_is_no_different() {
    assertThat(
            rationale(
                List.of(PROMPT, candidate("same", Digest.ofText("index"), 0.90, 400)),
                List.of(),
                null))
        .endsWith("no different.");
  }

  private static String rationale(
      List<Candidate> candidates, List<Delta> deltas, @Nullable BreakEven crossover) {
    return Rationale.of(
        Choice.among(candidates, List.of(ACCURACY, LATENCY), StrategyFixture.SUITE.metrics())
            .orElseThrow(),
        List.of(ACCURACY, LATENCY),
        deltas,
        crossover,
        List.of(total(Approach.PROMPT_ENGINEERING, "20"), total(Approach.RAG, "250")));
  }

  private static Total total(Approach approach, String fixed) {
    Money money = Money.usd(fixed);
    return new Total(approach, money, money, money);
  }

  private static Candidate candidate(
      String name, @Nullable Digest index, double accuracy, long items) {
    Digest digest = Digest.ofText(name);
    return new Candidate(
        new Variant(digest, name, digest, "local/choice", null, index, false, Instant.EPOCH),
        new Run(
            new UUID(0, 1),
            digest,
            digest,
            RunOutcome.SUCCEEDED,
            items,
            0,
            Map.of(
                "accuracy",
                new Measure(accuracy, accuracy - 0.03, accuracy + 0.03),
                "latency_p95_ms",
                new Measure(90, null, null)),
            BigDecimal.ZERO,
            "USD",
            Instant.EPOCH),
        new Verdict(
            new UUID(0, 2),
            VerdictKind.PHASE,
            null,
            digest,
            null,
            null,
            Outcome.PASS,
            List.of(),
            Instant.EPOCH));
  }
}
