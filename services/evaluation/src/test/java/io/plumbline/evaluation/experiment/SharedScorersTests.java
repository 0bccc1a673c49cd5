package io.plumbline.evaluation.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Metric;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.ScorerType;
import io.plumbline.evaluation.scorer.Scores;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SharedScorersTests {

  private static final Scorer LABEL = Scorer.of(ScorerType.LABEL);
  private static final Scorer EXACT = Scorer.of(ScorerType.EXACT);
  private static final Scorer TOOLS = Scorer.of(ScorerType.TOOL_CALLS);

  @Test
  void only_what_both_suites_score_alike_is_compared() {
    SharedScorers shared = SharedScorers.of(List.of(TOOLS, EXACT), List.of(EXACT, LABEL));

    assertThat(shared.decidingScorer()).isEqualTo("exact_match");
    assertThat(shared.metrics())
        .extracting(Metric::name)
        .containsExactly(
            "exact_match", "consistency", "latency_p50_ms", "latency_p95_ms", "cost_per_1000_usd");
  }

  @Test
  void a_scorer_of_the_same_name_that_is_configured_otherwise_is_another() {
    Scorer namesAlone =
        JsonMapper.shared()
            .readValue(
                """
                {"type": "tool_calls", "name": "tool_calls", "version": 1, "arguments": false}
                """,
                Scorer.class);

    assertThat(SharedScorers.of(List.of(TOOLS), List.of(namesAlone)).hasNoDecidingScorer())
        .isTrue();
  }

  @Test
  void a_scorer_that_gave_an_answer_no_score_is_not_compared() {
    Scorer judge = Scores.judge("clarity", Digest.ofText("judge"));

    assertThat(
            SharedScorers.of(List.of(judge, EXACT), List.of(judge, EXACT))
                .withoutUnmeasured(Set.of("clarity")))
        .isEqualTo(new SharedScorers(List.of(EXACT)));
  }

  @Test
  void labels_decide_what_is_right_before_the_first_scorer() {
    assertThat(SharedScorers.of(List.of(TOOLS, LABEL), List.of(LABEL, TOOLS)).decidingScorer())
        .isEqualTo("label");
    assertThat(SharedScorers.of(List.of(TOOLS, EXACT), List.of(EXACT, TOOLS)).decidingScorer())
        .isEqualTo("tool_calls");
  }

  @Test
  void a_scorer_about_another_is_shared_with_it_alone() {
    Scorer about = Scores.about(ScorerType.SELECTIVE, "exact_match");
    Scorer otherwise = Scorer.of(ScorerType.NORMALISED, "exact_match");

    assertThat(SharedScorers.of(List.of(about, EXACT), List.of(about, EXACT)).scorers())
        .containsExactly(about, EXACT);
    assertThat(SharedScorers.of(List.of(about, EXACT), List.of(about, otherwise)).scorers())
        .isEmpty();
    assertThat(
            SharedScorers.of(List.of(about, EXACT, TOOLS), List.of(about, EXACT, TOOLS))
                .withoutUnmeasured(Set.of("exact_match"))
                .scorers())
        .containsExactly(TOOLS);
  }

  @Test
  void what_gives_an_answer_no_score_of_its_own_does_not_say_which_are_right() {
    Scorer coverage = Scorer.of(ScorerType.COVERAGE);

    assertThat(
            SharedScorers.of(List.of(coverage, EXACT), List.of(coverage, EXACT)).decidingScorer())
        .isEqualTo("exact_match");
    assertThat(SharedScorers.of(List.of(coverage), List.of(coverage)).hasNoDecidingScorer())
        .isTrue();
  }
}
