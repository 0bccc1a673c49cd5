package io.plumbline.evaluation.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.ModelMessage.Call;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.scorer.JudgeReplyResult.Invalid;
import io.plumbline.evaluation.scorer.JudgeReplyResult.Read;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a judge's reply is a score with a reason, or invalid. */
class JudgeReplyResultTests {

  private static JudgeReplyResult read(String content) {
    return JudgeReplyResult.of(ModelMessage.ofText(content));
  }

  @Test
  void a_score_with_its_reason_is_read() {
    assertThat(read(" {\"reason\": \" Names the deadline. \", \"score\": 0.75} "))
        .isEqualTo(new Read(new Score(0.75, "Names the deadline.")));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "1.0, 1", "0.0, 0", "5e-1, 0.5", "1E-400, 0"})
  void a_score_may_be_written_as_any_number_from_0_to_1(String written, double score) {
    assertThat(read("{\"score\": %s, \"reason\": \"r\"}".formatted(written)))
        .isEqualTo(new Read(new Score(score, "r")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.00000000000000000001",
        "-0.1",
        "-1e-400",
        "2",
        "1e999999",
        "\"1\"",
        "true",
        "null",
        "[1]"
      })
  void a_score_beyond_0_and_1_or_that_is_no_number_is_none(String written) {
    assertThat(read("{\"score\": %s, \"reason\": \"r\"}".formatted(written)))
        .isEqualTo(new Invalid("its score is not a number between 0 and 1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0.9",
        "I give it 0.9.",
        "```json\n{\"score\": 1, \"reason\": \"r\"}\n```",
        "{\"score\": 1, \"reason\": \"r\"} {\"score\": 0, \"reason\": \"r\"}",
        "{\"score\": 0, \"score\": 1, \"reason\": \"r\"}",
        "{\"score\": NaN, \"reason\": \"r\"}",
        "{\"score\": Infinity, \"reason\": \"r\"}",
        "{\"score\": 1, \"reason\": \"r\", \"sure\": true}",
        "{\"score\": 1}",
        "[{\"score\": 1, \"reason\": \"r\"}]",
        "{\"score\": 1, \"reason\": \" \"}",
        "{\"score\": 1, \"reason\": [\"r\"]}"
      })
  void what_is_not_a_score_and_a_reason_alone_is_no_score(String content) {
    assertThat(read(content)).isInstanceOf(Invalid.class);
  }

  @Test
  void a_reply_that_is_too_long_or_calls_a_tool_is_no_score() {
    String reply = "{\"score\": 1, \"reason\": \"r\"}";
    assertThat(read(" ".repeat(JudgeReplyResult.LONGEST) + reply))
        .isEqualTo(new Invalid("its reply has more than 10,000 characters"));
    assertThat(JudgeReplyResult.of(new ModelMessage(reply, List.of(new Call("grade", "{}")))))
        .isEqualTo(new Invalid("its reply is a tool call"));
  }

  @Test
  void a_flaw_quotes_nothing_of_the_reply() {
    for (String content :
        List.of("secret", "{\"secret\": 1}", "{\"score\":9,\"reason\":\"secret\"}")) {
      assertThat(read(content).toString()).doesNotContain("secret");
    }
  }

  @Test
  void a_reason_is_cut_and_can_be_stored() {
    Read read = (Read) read("{\"score\": 1, \"reason\": \"\\u0000%s\"}".formatted("x".repeat(900)));
    assertThat(read.score().reason())
        .hasSize(Score.MAX_CHARACTERS)
        .startsWith("\ufffdx")
        .endsWith("…");
  }
}
