package io.plumbline.prompttemplate.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.prompttemplate.content.Violation;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConversationTests {

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static Conversation parsed(String messages) {
    return (Conversation) Conversation.parse(json(messages));
  }

  @Test
  void parts_of_text_are_joined_and_what_says_nothing_is_left_out() {
    assertThat(
            parsed(
                    "[{'role':'user','content':[{'type':'text','text':'lunch'},"
                        + "{'type':'text','text':'at noon?'}],'name':null},"
                        + "{'role':'assistant','content':'Yes.','refusal':null,'tool_calls':[],"
                        + "'annotations':[]}]")
                .messages())
        .containsExactlyElementsOf(
            json("[{'role':'user','content':'lunch\\nat noon?'},"
                    + "{'role':'assistant','content':'Yes.'}]")
                .valueStream()
                .map(tools.jackson.databind.node.ObjectNode.class::cast)
                .toList());
  }

  @Test
  void a_part_of_text_with_more_than_text_stays_a_part() {
    String messages =
        "[{'role':'user','content':[{'type':'text','text':'x','cache_control':{'ttl':1}}]}]";

    assertThat(parsed(messages).messages().getFirst()).isEqualTo(json(messages).get(0));
  }

  @Test
  void a_part_that_is_no_text_stays_though_it_has_no_more_than_a_type() {
    String messages =
        "[{'role':'user','content':[{'type':'text','text':'x'},{'type':'input_audio'}]}]";

    assertThat(parsed(messages).messages().getFirst()).isEqualTo(json(messages).get(0));
  }

  @Test
  void the_question_is_the_last_user_message() {
    assertThat(
            parsed(
                    "[{'role':'user','content':'one'},{'role':'user','content':'two'},"
                        + "{'role':'assistant','content':'three'}]")
                .lastUserMessage()
                .map(Conversation::text))
        .contains("two");
    assertThat(parsed("[{'role':'assistant','content':'x'}]").lastUserMessage()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "['x']|/conversation/0",
        "[{'content':'x'}]|/conversation/0",
        "[{'role':'robot','content':'x'}]|/conversation/0",
        "[{'role':'user'}]|/conversation/0/content",
        "[{'role':'user','content':null}]|/conversation/0/content",
        "[{'role':'user','content':[]}]|/conversation/0/content",
        "[{'role':'user','content':7}]|/conversation/0/content",
        "[{'role':'user','tool_calls':[{}]}]|/conversation/0/content",
        "[{'role':'user','content':['x']}]|/conversation/0/content/0",
        "[{'role':'user','content':[{'text':'x'}]}]|/conversation/0/content/0",
        "[{'role':'user','content':[{'type':'text'}]}]|/conversation/0/content/0",
      })
  void what_is_no_message_is_refused_by_its_position(String messages, String pointer) {
    assertThat(((ParsedConversation.Malformed) Conversation.parse(json(messages))).violations())
        .extracting(Violation::pointer)
        .containsExactly(pointer);
  }

  @Test
  void as_many_messages_as_a_call_may_have_are_read() {
    List<String> many =
        Collections.nCopies(Conversation.MAX_MESSAGES, "{'role':'user','content':'x'}");

    assertThat(parsed(many.toString()).messages()).hasSize(Conversation.MAX_MESSAGES);
    assertThat(
            Conversation.parse(
                json("[{'role':'user','content':'x'}," + many.toString().substring(1))))
        .isInstanceOf(ParsedConversation.Malformed.class);
  }
}
