package io.plumbline.promptregistry.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.promptregistry.content.Message.Role;
import io.plumbline.promptregistry.content.PromptRendering.Outcome;
import io.plumbline.promptregistry.content.RenderedPrompt.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PromptRenderingTests {

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static final ObjectNode MAIL =
      json(
          "{'type':'object','properties':{'mail':{'type':'string'},"
              + "'tone':{'type':'string','default':'calm'}},'required':['mail']}");

  private static PromptContent content(List<Example> examples, ObjectNode variables) {
    return PromptContent.of(
        List.of(
            new Message(Role.USER, "<mail>{{mail}}</mail>"),
            new Message(Role.SYSTEM, "Stay {{tone}}.")),
        variables,
        examples,
        json("{'temperature':0}"),
        json("{'type':'object'}"));
  }

  private static List<Turn> turns(PromptContent content, String values) {
    return ((Outcome.Rendered) PromptRendering.render(content, json(values))).prompt().messages();
  }

  @Test
  void system_messages_come_first_then_examples_then_the_rest() {
    assertThat(turns(content(List.of(new Example("Cheap pills", "spam")), MAIL), "{'mail':'Hi'}"))
        .containsExactly(
            new Turn(Role.SYSTEM, "Stay calm."),
            new Turn(Role.USER, "<mail>Cheap pills</mail>"),
            new Turn(Role.ASSISTANT, "spam"),
            new Turn(Role.USER, "<mail>Hi</mail>"));
  }

  @Test
  void with_several_required_variables_an_example_is_a_whole_message() {
    ObjectNode two = MAIL.deepCopy();
    two.putArray("required").add("mail").add("tone");

    assertThat(
            turns(
                content(List.of(new Example("Cheap pills", "spam")), two),
                "{'mail':'Hi','tone':'calm'}"))
        .contains(new Turn(Role.USER, "Cheap pills"));
  }

  @Test
  void missing_wrong_and_undeclared_values_are_refused_by_pointer() {
    Outcome.Refused refused =
        (Outcome.Refused)
            PromptRendering.render(content(List.of(), MAIL), json("{'mial':'x','tone':7}"));

    assertThat(refused.violations())
        .extracting(Violation::pointer)
        .containsExactlyInAnyOrder("/variables/mial", "/variables/mail", "/variables/tone");
  }

  @Test
  void the_chat_request_is_that_of_the_open_ai_api() {
    Outcome.Rendered rendered =
        (Outcome.Rendered) PromptRendering.render(content(List.of(), MAIL), json("{'mail':'Hi'}"));

    assertThat(PromptRendering.chatRequest("mail triage", rendered.prompt()))
        .isEqualTo(
            json(
                "{'temperature':0,'messages':[{'role':'system','content':'Stay calm.'},"
                    + "{'role':'user','content':'<mail>Hi</mail>'}],"
                    + "'response_format':{'type':'json_schema','json_schema':{'name':'mail_triage',"
                    + "'strict':true,'schema':{'type':'object'}}}}"));
  }

  @Test
  void a_response_format_is_accepted_wrapped_and_plain() {
    ObjectNode schema = json("{'type':'object','properties':{'label':{'enum':['a','b']}}}");

    assertThat(ResponseFormat.schema(ResponseFormat.wrapped("x", schema))).isEqualTo(schema);
    assertThat(ResponseFormat.schema(schema)).isEqualTo(schema);
    assertThat(ResponseFormat.schema(null)).isNull();
    assertThat(ResponseFormat.options(schema)).containsExactly("a", "b");
    assertThat(
            ResponseFormat.options(
                json("{'properties':{'label':{'oneOf':[{'const':'a'},{'const':'b'}]}}}")))
        .containsExactly("a", "b");
    assertThat(ResponseFormat.options(json("{'properties':{'text':{}}}"))).isEmpty();
  }

  @Test
  void equal_contents_have_equal_digests_whatever_was_omitted() {
    List<Message> messages = List.of(new Message(Role.USER, "x"));

    assertThat(PromptContent.of(messages, null, null, null, null).digest())
        .isEqualTo(
            PromptContent.of(
                    messages,
                    json("{'properties':{},'type':'object'}"),
                    List.of(),
                    json("{}"),
                    null)
                .digest());
    assertThat(PromptContent.of(messages, null, null, json("{'seed':1}"), null).digest())
        .isNotEqualTo(PromptContent.of(messages, null, null, null, null).digest());
  }
}
