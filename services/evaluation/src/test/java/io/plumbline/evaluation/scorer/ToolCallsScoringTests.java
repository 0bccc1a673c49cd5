package io.plumbline.evaluation.scorer;

import static io.plumbline.evaluation.scorer.Scores.call;
import static io.plumbline.evaluation.scorer.Scores.calls;
import static io.plumbline.evaluation.scorer.Scores.score;
import static io.plumbline.evaluation.scorer.Scores.toolCalls;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.ModelMessage.Call;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolCallsScoringTests {

  private static final Expected TWO =
      calls(call("refund", "{\"order\": 7, \"amount\": 1.0}"), call("notify", "{}"));

  private static ModelMessage made(Call... calls) {
    return new ModelMessage(null, Arrays.asList(calls));
  }

  @Test
  void calls_are_compared_by_value_in_any_order() {
    ModelMessage message =
        made(new Call("notify", ""), new Call("refund", "{\"amount\": 1, \"order\": 7}"));

    assertThat(score(toolCalls(true), TWO, message))
        .isEqualTo(new Score(1, "The expected tools were called."));
  }

  @Test
  void each_counts_as_often_as_it_is_expected() {
    Expected twice = calls(call("ping", "{}"), call("ping", "{}"));

    assertThat(score(toolCalls(true), twice, made(new Call("ping", "{}"))).score()).isZero();
    assertThat(
            score(toolCalls(true), twice, made(new Call("ping", "{}"), new Call("ping", "{}")))
                .score())
        .isOne();
  }

  @Test
  void a_reason_says_what_is_missing_extra_and_different() {
    ModelMessage message =
        made(new Call("refund", "{\"order\": 8}"), new Call("delete_account", "{}"));

    assertThat(score(toolCalls(true), TWO, message).reason())
        .isEqualTo(
            "Tool calls differ; missing: “notify”; extra: “delete_account”; with other arguments:"
                + " “refund”.");
  }

  @Test
  void names_alone_may_be_compared() {
    ModelMessage message = made(new Call("refund", "not JSON"), new Call("notify", "{}"));

    assertThat(score(toolCalls(false), TWO, message).score()).isOne();
    assertThat(score(toolCalls(true), TWO, message).score()).isZero();
  }

  @Test
  void no_call_where_none_is_expected_is_right() {
    assertThat(score(toolCalls(true), Expected.NOTHING, "How can I help?").score()).isOne();
    assertThat(score(toolCalls(true), Expected.NOTHING, made(new Call("refund", "{}"))).score())
        .isZero();
    assertThat(score(toolCalls(true), TWO, "I refunded it.").score()).isZero();
  }

  @Test
  void a_flood_of_calls_is_wrong_and_is_not_compared() {
    ModelMessage flood =
        new ModelMessage(null, Collections.nCopies(50_000, new Call("refund", "{}")));

    assertThat(score(toolCalls(true), TWO, flood).reason())
        .isEqualTo("50,000 tools were called, and at most 100 are compared.");
  }

  @Test
  void calls_are_read_from_the_message_of_a_completion() {
    ModelMessage message =
        ModelMessage.of(
                Scores.JSON.readTree(
                    """
                    {"role": "assistant", "content": null, "tool_calls": [
                      {"id": "1", "type": "function", "function": {"name": "refund", "arguments": "{\\"order\\": 7}"}},
                      {"id": "2", "type": "function", "function": {"name": "as_object", "arguments": {"order": 7}}},
                      {"id": "3"}, 7]}
                    """))
            .orElseThrow();

    assertThat(message)
        .isEqualTo(
            new ModelMessage(
                null,
                List.of(
                    new Call("refund", "{\"order\": 7}"),
                    new Call("as_object", "{\"order\":7}"),
                    new Call("", ""),
                    new Call("", ""))));
  }
}
