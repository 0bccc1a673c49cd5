package io.plumbline.prompttemplate.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.Message.Role;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.Violation;
import io.plumbline.prompttemplate.rendering.PromptRenderer.Outcome;
import io.plumbline.prompttemplate.rendering.RenderedPrompt.Turn;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PromptRendererTests {

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
            new Message(Role.SYSTEM, "Stay {{tone}}."),
            new Message(Role.USER, "<mail>{{mail}}</mail>")),
        variables,
        examples,
        json("{'temperature':0}"),
        json("{'type':'object'}"));
  }

  private static List<Turn> turns(PromptContent content, String values) {
    return ((Outcome.Rendered) PromptRenderer.of(content).render(json(values))).prompt().messages();
  }

  @Test
  void messages_keep_their_order_and_examples_precede_the_question() {
    assertThat(turns(content(List.of(new Example("Cheap pills", "spam")), MAIL), "{'mail':'Hi'}"))
        .containsExactly(
            new Turn(Role.SYSTEM, "Stay calm."),
            new Turn(Role.USER, "<mail>Cheap pills</mail>"),
            new Turn(Role.ASSISTANT, "spam"),
            new Turn(Role.USER, "<mail>Hi</mail>"));
  }

  @Test
  void an_exchange_that_the_author_wrote_stands_before_the_examples() {
    PromptContent content =
        PromptContent.of(
            List.of(
                new Message(Role.USER, "Do you sort mail?"),
                new Message(Role.ASSISTANT, "Yes."),
                new Message(Role.USER, "{{mail}}")),
            MAIL,
            List.of(new Example("Cheap pills", "spam")),
            null,
            null);

    assertThat(turns(content, "{'mail':'Hi'}"))
        .extracting(Turn::content)
        .containsExactly("Do you sort mail?", "Yes.", "Cheap pills", "spam", "Hi");
  }

  @Test
  void what_is_retrieved_follows_the_prompts_own_examples() {
    Outcome.Rendered rendered =
        (Outcome.Rendered)
            PromptRenderer.of(content(List.of(new Example("Cheap pills", "spam")), MAIL))
                .render(json("{'mail':'Hi'}"), () -> List.of(new Example("Lunch?", "ham")), null);

    assertThat(rendered.prompt().messages())
        .extracting(Turn::content)
        .containsExactly(
            "Stay calm.",
            "<mail>Cheap pills</mail>",
            "spam",
            "<mail>Lunch?</mail>",
            "ham",
            "<mail>Hi</mail>");
  }

  @Test
  void a_message_follows_a_prompt_without_a_question() {
    PromptRenderer prompt =
        PromptRenderer.of(
            PromptContent.of(
                List.of(new Message(Role.SYSTEM, "Sort mail.")),
                null,
                List.of(new Example("Cheap pills", "spam")),
                null,
                null));
    Outcome.Rendered rendered = (Outcome.Rendered) prompt.render(json("{}"), List::of, "Hi");

    assertThat(prompt.hasQuestion()).isFalse();
    assertThat(rendered.prompt().messages())
        .extracting(Turn::content)
        .containsExactly("Sort mail.", "Cheap pills", "spam", "Hi");
  }

  /** The order in which threads render cannot matter: each has a budget of its own. */
  @Test
  void one_renderer_serves_many_threads() {
    PromptRenderer prompt = PromptRenderer.of(content(List.of(), MAIL));

    assertThat(
            IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> prompt.render(json("{'mail':'%d'}".formatted(i))))
                .map(outcome -> ((Outcome.Rendered) outcome).prompt().messages().getLast())
                .map(Turn::content))
        .containsExactlyElementsOf(
            IntStream.range(0, 2_000).mapToObj("<mail>%d</mail>"::formatted).toList());
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
            PromptRenderer.of(content(List.of(), MAIL)).render(json("{'mial':'x','tone':7}"));

    assertThat(refused.violations())
        .extracting(Violation::pointer)
        .containsExactlyInAnyOrder("/variables/mial", "/variables/mail", "/variables/tone");
  }

  @Test
  void nothing_is_retrieved_for_values_that_do_not_fit() {
    PromptRenderer prompt = PromptRenderer.of(content(List.of(), MAIL));

    assertThat(
            prompt.render(
                json("{'mail':7}"),
                () -> {
                  throw new AssertionError("retrieved in vain");
                },
                null))
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void the_chat_request_is_that_of_the_open_ai_api() {
    Outcome.Rendered rendered =
        (Outcome.Rendered)
            PromptRenderer.of(content(List.of(), MAIL)).render(json("{'mail':'Hi'}"));

    assertThat(rendered.prompt().chatRequest())
        .isEqualTo(
            json(
                "{'temperature':0,'messages':[{'role':'system','content':'Stay calm.'},"
                    + "{'role':'user','content':'<mail>Hi</mail>'}],"
                    + "'response_format':{'type':'json_schema','json_schema':{'name':'answer',"
                    + "'strict':true,'schema':{'type':'object'}}}}"));
  }
}
