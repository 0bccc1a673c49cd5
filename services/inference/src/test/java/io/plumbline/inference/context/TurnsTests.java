package io.plumbline.inference.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TurnsTests {

  @Test
  void a_turn_begins_with_each_message_of_the_user_and_has_what_follows() {
    assertThat(
            beginnings(
                """
                [{"role":"user"},{"role":"assistant"},
                 {"role":"user"},{"role":"assistant","tool_calls":[{"id":"1"}]},
                 {"role":"tool","tool_call_id":"1"},{"role":"assistant"},
                 {"role":"user"}]
                """))
        .containsExactly(6, 2, 0);
  }

  @Test
  void what_precedes_the_first_message_of_the_user_belongs_to_its_turn() {
    assertThat(
            beginnings(
                "[{\"role\":\"assistant\"},{\"role\":\"user\"},{\"role\":\"assistant\"},{\"role\":\"user\"}]"))
        .containsExactly(3, 0);
  }

  @Test
  void a_result_after_another_message_of_the_user_stays_with_its_call() {
    assertThat(
            beginnings(
                """
                [{"role":"user"},
                 {"role":"user"},{"role":"assistant","tool_calls":[{"id":"1"}]},
                 {"role":"user"},{"role":"tool","tool_call_id":"1"}]
                """))
        .containsExactly(1, 0);
  }

  @Test
  void an_id_that_repeats_names_the_nearest_call() {
    assertThat(
            beginnings(
                """
                [{"role":"user"},{"role":"assistant","tool_calls":[{"id":"1"}]},
                 {"role":"tool","tool_call_id":"1"},
                 {"role":"user"},{"role":"assistant","function_call":{"name":"look"}},
                 {"role":"function","name":"look"},
                 {"role":"user"},{"role":"assistant","tool_calls":[{"id":"1"}]},
                 {"role":"tool","tool_call_id":"1"},
                 {"role":"user"},{"role":"assistant","function_call":{"name":"look"}},
                 {"role":"function","name":"look"}]
                """))
        .containsExactly(9, 6, 3, 0);
  }

  @Test
  void a_conversation_without_the_user_is_whole_or_nothing() {
    assertThat(beginnings("[{\"role\":\"assistant\"},{\"role\":\"assistant\"}]"))
        .containsExactly(0);
    assertThat(beginnings("[]")).containsExactly(0);
  }

  @Test
  void what_an_operator_says_stays() {
    List<ObjectNode> messages =
        messages(
            "[{\"role\":\"system\"},{\"role\":\"user\"},{\"role\":\"developer\"},{\"role\":\"user\"}]");

    assertThat(new Turns(messages).messagesFrom(3))
        .containsExactly(messages.get(0), messages.get(2), messages.get(3));
  }

  private static List<Integer> beginnings(String messages) {
    return new Turns(messages(messages)).candidateStarts();
  }

  private static List<ObjectNode> messages(String json) {
    return StreamSupport.stream(JsonMapper.shared().readTree(json).spliterator(), false)
        .map(ObjectNode.class::cast)
        .toList();
  }
}
