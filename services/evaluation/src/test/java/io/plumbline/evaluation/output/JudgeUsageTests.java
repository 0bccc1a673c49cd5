package io.plumbline.evaluation.output;

import static io.plumbline.evaluation.output.JudgedItems.REPLY;
import static io.plumbline.evaluation.output.JudgedItems.call;
import static io.plumbline.evaluation.output.JudgedItems.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.Score;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the usage of judges, and who may see their replies. */
class JudgeUsageTests {

  private static final String FAILURE = "it was not available";

  private static RunItem taken(int replies, String cost, boolean earlier) {
    return item(call(REPLY, null, replies, cost, earlier), Map.of());
  }

  @Test
  void judges_are_counted_with_replies_that_were_no_score_and_without_those_of_earlier_runs() {
    assertThat(
            JudgeUsage.of(
                List.of(taken(1, "0.01", false), taken(3, "0.03", false), taken(1, "9", true))))
        .contains(new JudgeUsage(4, 160, 36, new BigDecimal("0.04")));
  }

  @Test
  void a_price_that_is_unknown_makes_the_cost_unknown() {
    RunItem unpriced = item(call(REPLY, null, 1, null, false), Map.of());

    assertThat(JudgeUsage.of(List.of(taken(1, "0.01", false), unpriced)))
        .contains(new JudgeUsage(2, 80, 18, null));
  }

  @Test
  void a_run_that_asked_no_judge_has_no_usage_of_one() {
    assertThat(JudgeUsage.of(List.of(taken(1, "0.01", true)))).isEmpty();
  }

  @Test
  void a_viewer_sees_scores_and_no_words_that_may_quote_the_item() {
    RunItem item =
        item(
            call(REPLY, FAILURE, 1, "0.01", false),
            Map.of(
                JudgedItems.JUDGE,
                new Score(0.75, "Quotes the item."),
                "exact_match",
                new Score(1, "The answer equals the reference.")));

    RunItem shown = item.withoutSensitiveText(false);

    assertThat(shown.scores())
        .isEqualTo(
            Map.of(
                JudgedItems.JUDGE,
                new Score(0.75, "The reason is shown with the output."),
                "exact_match",
                new Score(1, "The reason is shown with the output.")));
    assertThat(item.withoutSensitiveText(true).scores())
        .containsEntry("exact_match", new Score(1, "The answer equals the reference."))
        .containsEntry(JudgedItems.JUDGE, new Score(0.75, "The reason is shown with the output."));
    assertThat(shown.judged().get(JudgedItems.JUDGE))
        .isEqualTo(
            new JudgeCall(
                Digest.ofText("asked"),
                REPLY.digest(),
                FAILURE,
                null,
                1,
                40,
                9,
                new BigDecimal("0.01"),
                null,
                false));
  }
}
