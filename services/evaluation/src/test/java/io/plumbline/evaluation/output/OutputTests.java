package io.plumbline.evaluation.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.ModelMessage.Call;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class OutputTests {

  private static final JsonMapper JSON = JsonMapper.shared();

  @Test
  void it_shows_what_the_model_answered_with_tool_calls_reason_and_usage() {
    Output output =
        new Output(
            """
            {"id": "resp_1", "model": "gpt-x-2026-01-01", "system_fingerprint": "fp_7", "choices": [{"index": 0,
             "message": {"role": "assistant", "content": "", "tool_calls": [{"id": "call_1", "type": "function",
              "function": {"name": "refund", "arguments": "{}"}}]}, "finish_reason": "tool_calls"}],
             "usage": {"prompt_tokens": 9, "completion_tokens": 3}, "plumbline": {"abstained": false}}
            """);

    OutputView view = output.view(JSON);

    assertThat(view)
        .isEqualTo(
            new OutputView(
                "resp_1",
                "gpt-x-2026-01-01",
                "fp_7",
                JSON.readTree(
                    """
                    {"role": "assistant", "content": "", "tool_calls": [{"id": "call_1", "type": "function",
                     "function": {"name": "refund", "arguments": "{}"}}]}
                    """),
                "tool_calls",
                JSON.readTree("{\"prompt_tokens\": 9, \"completion_tokens\": 3}"),
                JSON.readTree("{\"abstained\": false}")));
    assertThat(output.answer(JSON))
        .contains(ModelAnswer.of(new ModelMessage("", List.of(new Call("refund", "{}")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "no JSON",
        "{\"choices\": []}",
        "{\"choices\": [{\"message\": {\"content\": null}}]}"
      })
  void what_has_neither_a_text_nor_a_tool_call_is_no_message(String body) {
    assertThat(new Output(body).answer(JSON)).isEmpty();
  }
}
