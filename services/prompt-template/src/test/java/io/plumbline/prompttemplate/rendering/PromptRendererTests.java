package io.plumbline.prompttemplate.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.Message.Role;
import io.plumbline.prompttemplate.content.Placeholder;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.Violation;
import io.plumbline.prompttemplate.rendering.PromptRenderer.Outcome;
import io.plumbline.prompttemplate.rendering.PromptRenderer.Retrieved;
import io.plumbline.prompttemplate.rendering.RenderedPrompt.Span;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
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

  private record Turn(Role role, String content) {}

  private static List<Turn> turns(PromptContent content, String values) {
    return turns(PromptRenderer.of(content).render(json(values)));
  }

  private static List<Turn> turns(Outcome outcome) {
    return ((Outcome.Rendered) outcome)
        .prompt().messages().stream()
            .map(message ->
                new Turn(
                    Role.valueOf(message.path("role").asString().toUpperCase(Locale.ROOT)),
                    message.path("content").asString()))
            .toList();
  }

  private static Conversation conversation(String messages) {
    return (Conversation)
        Conversation.parse(JsonMapper.shared().readTree(messages.replace('\'', '"')));
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
    Outcome rendered =
        PromptRenderer.of(content(List.of(new Example("Cheap pills", "spam")), MAIL))
            .render(
                json("{}"),
                conversation("[{'role':'user','content':'Hi'}]"),
                null,
                query -> new Retrieved(List.of(new Example("like " + query, "ham")), ""));

    assertThat(turns(rendered))
        .extracting(Turn::content)
        .containsExactly(
            "Stay calm.",
            "<mail>Cheap pills</mail>",
            "spam",
            "<mail>like Hi</mail>",
            "ham",
            "<mail>Hi</mail>");
  }

  @Test
  void what_is_retrieved_fills_its_variable_and_a_message_the_other() {
    PromptContent content =
        PromptContent.of(
            List.of(new Message(Role.USER, "From {{passages}} answer {{question}}")),
            json(
                "{'type':'object','required':['question','passages'],'properties':"
                    + "{'question':{'type':'string'},'passages':{'type':'string','minLength':1}}}"),
            List.of(new Example("Why?", "Because.")),
            null,
            null);
    PromptRenderer prompt = PromptRenderer.of(content);
    Function<String, Retrieved> retrieved =
        query -> new Retrieved(List.of(), "what is said of " + query);
    List<String> filled =
        List.of("From  answer Why?", "Because.", "From what is said of Hi answer Hi");

    assertThat(
            turns(
                prompt.render(
                    json("{}"),
                    conversation("[{'role':'user','content':'Hi'}]"),
                    "passages",
                    retrieved)))
        .extracting(Turn::content)
        .isEqualTo(filled);
    assertThat(
            turns(
                prompt.render(
                    json("{'question':'Hi'}"), Conversation.EMPTY, "passages", retrieved)))
        .extracting(Turn::content)
        .isEqualTo(filled);
  }

  @Test
  void a_history_follows_a_prompt_without_a_question() {
    PromptContent content =
        PromptContent.of(
            List.of(new Message(Role.SYSTEM, "Sort mail.")),
            null,
            List.of(new Example("Cheap pills", "spam")),
            null,
            null);

    assertThat(turns(rendered(content, "{}", "[{'role':'user','content':'Hi'}]")))
        .extracting(Turn::content)
        .containsExactly("Sort mail.", "Cheap pills", "spam", "Hi");
    assertThat(turns(rendered(content, "{}", HISTORY)))
        .extracting(Turn::content)
        .containsExactly("Sort mail.", "Cheap pills", "spam", "Hi", "Hello!", "Bye");
  }

  private static final String HISTORY =
      "[{'role':'user','content':'Hi'},{'role':'assistant','content':'Hello!'},"
          + "{'role':'user','content':'Bye'}]";

  private static Outcome rendered(PromptContent content, String values, String messages) {
    return PromptRenderer.of(content)
        .render(json(values), conversation(messages), null, query -> Retrieved.NOTHING);
  }

  @Test
  void a_rendered_prompt_says_which_of_its_messages_are_the_callers() {
    List<Example> examples = List.of(new Example("Cheap pills", "spam"));
    PromptContent placed =
        PromptContent.of(
            List.of(new Message(Role.SYSTEM, "Sort."), Placeholder.CONVERSATION),
            json("{'type':'object','properties':{}}"),
            examples,
            null,
            null);

    assertThat(callers(rendered(placed, "{}", HISTORY))).isEqualTo(new Span(3, 6));
    assertThat(callers(rendered(content(examples, MAIL), "{}", "[{'role':'user','content':'Hi'}]")))
        .isEqualTo(new Span(3, 4));
  }

  private static Span callers(Outcome outcome) {
    return ((Outcome.Rendered) outcome).prompt().callers();
  }

  @Test
  void the_callers_messages_go_where_the_placeholder_stands() {
    PromptContent content =
        PromptContent.of(
            List.of(
                new Message(Role.SYSTEM, "Stay {{tone}}."),
                Placeholder.CONVERSATION,
                new Message(Role.SYSTEM, "Answer in one word.")),
            MAIL,
            List.of(new Example("Cheap pills", "spam")),
            null,
            null);

    assertThat(turns(rendered(content, "{'mail':'x'}", HISTORY)))
        .containsExactly(
            new Turn(Role.SYSTEM, "Stay calm."),
            new Turn(Role.USER, "Cheap pills"),
            new Turn(Role.ASSISTANT, "spam"),
            new Turn(Role.USER, "Hi"),
            new Turn(Role.ASSISTANT, "Hello!"),
            new Turn(Role.USER, "Bye"),
            new Turn(Role.SYSTEM, "Answer in one word."));
  }

  @Test
  void a_question_after_the_placeholder_keeps_its_examples_and_takes_no_message() {
    PromptContent content =
        PromptContent.of(
            List.of(Placeholder.CONVERSATION, new Message(Role.USER, "Is that {{mail}}?")),
            MAIL,
            List.of(new Example("spam", "no")),
            null,
            null);

    assertThat(turns(rendered(content, "{'mail':'ham'}", "[{'role':'user','content':'Hi'}]")))
        .extracting(Turn::content)
        .containsExactly("Hi", "Is that spam?", "no", "Is that ham?");
    assertThat(turns(rendered(content, "{'mail':'ham'}", "[]")))
        .extracting(Turn::content)
        .containsExactly("Is that spam?", "no", "Is that ham?");
    assertThat(refused(content, "{}", "[{'role':'user','content':'Hi'}]"))
        .containsExactly("/variables/mail");
  }

  @Test
  void a_message_that_fills_the_question_leaves_its_name_there() {
    Outcome.Rendered outcome =
        (Outcome.Rendered)
            rendered(
                content(List.of(), MAIL), "{}", "[{'role':'user','name':'kim','content':'Hi'}]");

    assertThat(outcome.prompt().messages().getLast())
        .isEqualTo(json("{'role':'user','content':'<mail>Hi</mail>','name':'kim'}"));
  }

  @Test
  void a_message_passes_whole() {
    PromptContent content =
        PromptContent.of(List.of(Placeholder.CONVERSATION), null, null, null, null);
    String messages =
        "[{'role':'user','name':'kim','content':[{'type':'text','text':'See'},"
            + "{'type':'image_url','image_url':{'url':'data:image/png;base64,AA=='}}]},"
            + "{'role':'assistant','tool_calls':[{'id':'1','type':'function',"
            + "'function':{'name':'look','arguments':'{}'}}]},"
            + "{'role':'tool','tool_call_id':'1','content':'a cat'}]";

    assertThat(((Outcome.Rendered) rendered(content, "{}", messages)).prompt().messages())
        .isEqualTo(
            JsonMapper.shared().readTree(messages.replace('\'', '"')).valueStream().toList());
  }

  @Test
  void a_call_that_does_not_fit_is_refused_where_it_does_not() {
    PromptContent questioning = content(List.of(), MAIL);
    PromptContent silent =
        PromptContent.of(List.of(new Message(Role.SYSTEM, "Sort.")), null, null, null, null);
    PromptContent placed =
        PromptContent.of(List.of(Placeholder.CONVERSATION), null, null, null, null);

    assertThat(refused(questioning, "{}", HISTORY)).containsExactly("/conversation");
    assertThat(refused(questioning, "{'mail':'x'}", "[{'role':'user','content':'Hi'}]"))
        .containsExactly("/conversation");
    assertThat(refused(questioning, "{}", "[]")).containsExactly("/variables");
    assertThat(refused(silent, "{}", "[]")).containsExactly("/conversation");
    assertThat(refused(placed, "{}", "[]")).containsExactly("/conversation");
    assertThat(
            refused(
                questioning,
                "{}",
                "[{'role':'user','content':[{'type':'image_url','image_url':{'url':'x'}}]}]"))
        .containsExactly("/conversation");
  }

  private static List<String> refused(PromptContent content, String values, String messages) {
    return ((Outcome.Refused) rendered(content, values, messages))
        .violations().stream().map(Violation::pointer).toList();
  }

  /** A template could address what a caller wrote if that were a template, too. */
  @Test
  void what_a_caller_writes_is_no_template() {
    PromptContent content =
        PromptContent.of(List.of(Placeholder.CONVERSATION), MAIL, null, null, null);

    assertThat(
            turns(rendered(content, "{'mail':'x'}", "[{'role':'user','content':'{{mail}} {{'}]")))
        .containsExactly(new Turn(Role.USER, "{{mail}} {{"));
  }

  /** The order in which threads render cannot matter: each has a budget of its own. */
  @Test
  void one_renderer_serves_many_threads() {
    PromptRenderer prompt = PromptRenderer.of(content(List.of(), MAIL));

    assertThat(
            IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> prompt.render(json("{'mail':'%d'}".formatted(i))))
                .map(outcome -> turns(outcome).getLast().content()))
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
                Conversation.EMPTY,
                null,
                query -> {
                  throw new AssertionError("retrieved in vain");
                }))
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
