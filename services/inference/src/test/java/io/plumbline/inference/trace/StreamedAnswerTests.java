package io.plumbline.inference.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StreamedAnswerTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final StreamedAnswer answer = new StreamedAnswer();

  @Test
  void parts_of_several_choices_and_of_calls_of_tools_are_put_together() {
    add(
        "[{'index':0,'delta':{'role':'assistant','content':'Hel'}},{'index':1,'delta':{'content':'B'}}]");
    add("[{'index':0,'delta':{'content':'lo'}}]");
    add(
        "[{'index':1,'delta':{'tool_calls':[{'index':0,'function':{'name':'find','arguments':'{\\\\\"q\\\\\"'}}]}}]");
    add("[{'index':1,'delta':{'tool_calls':[{'index':0,'function':{'arguments':':1}'}}]}}]");

    assertThat(answer.messages().toString())
        .isEqualTo(
            json(
                "[{'role':'assistant','content':'Hello'},{'role':'assistant','content':'B','tool_calls':"
                    + "[{'type':'function','function':{'name':'find','arguments':'{\\\\\"q\\\\\":1}'}}]}]"));
  }

  @Test
  void a_long_answer_is_collected_up_to_a_bound() {
    for (int i = 0; i < 100; i++) {
      add("[{'index':0,'delta':{'content':'" + "x".repeat(1_000) + "'}}]");
    }

    assertThat(answer.messages().path(0).path("content").asString())
        .hasSize(StreamedAnswer.MAX_CHARACTERS);
  }

  @Test
  void calls_of_tools_of_all_choices_are_bounded_together() {
    for (int i = 0; i < 100; i++) {
      for (int k = 0; k < 100; k++) {
        add("[{'index':%d,'delta':{'tool_calls':[{'index':%d}]}}]".formatted(i, k));
      }
    }

    long calls =
        answer.messages().valueStream().mapToLong(each -> each.path("tool_calls").size()).sum();
    assertThat(answer.messages().size() + calls).isEqualTo(StreamedAnswer.MAX_PARTS);
  }

  private void add(String choices) {
    answer.addChunk(JSON.readTree(json(choices)));
  }

  private static String json(String quoted) {
    return quoted.replace('\'', '"').replace("\\\\", "\\");
  }
}
