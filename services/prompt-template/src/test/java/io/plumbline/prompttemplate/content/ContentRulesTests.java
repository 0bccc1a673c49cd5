package io.plumbline.prompttemplate.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ContentRulesTests {

  private static final String MAIL =
      "{'type':'object','properties':{'mail':{'type':'string'}},'required':['mail']}";

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static PromptContent content(
      String message, String variables, String parameters, @Nullable String format) {
    return PromptContent.of(
        List.of(new Message(Message.Role.USER, message)),
        json(variables),
        null,
        json(parameters),
        format == null ? null : json(format));
  }

  private static List<String> pointers(PromptContent content) {
    return ContentRules.check(content).stream().map(Violation::pointer).toList();
  }

  @Test
  void a_valid_content_has_no_violation() {
    assertThat(
            ContentRules.check(
                content(
                    "Sort {{mail}}.{{#mail}} {{.}}{{/mail}}",
                    MAIL,
                    "{'temperature':0,'stop':['a','b']}",
                    "{'type':'object','properties':{'label':{'enum':['spam']}}}")))
        .isEmpty();
  }

  @Test
  void every_violation_is_reported_at_once() {
    assertThat(
            pointers(
                content("{{name}}", MAIL, "{'temperatur':0,'top_p':2}", "{'$ref':'#/elsewhere'}")))
        .containsExactlyInAnyOrder(
            "/parameters/temperatur",
            "/parameters/top_p",
            "/responseFormat/$ref",
            "/messages/0/content");
  }

  @Test
  void an_undeclared_variable_is_located() {
    assertThat(ContentRules.check(content("Hello,\n  {{name}}", MAIL, "{}", null)))
        .containsExactly(
            new Violation(
                "/messages/0/content",
                "line 2, column 3: variable 'name' is not declared; add it to"
                    + " variables.properties"));
  }

  @Test
  void names_inside_a_section_are_those_of_its_items() {
    String mails =
        "{'type':'object','properties':{'mails':{'type':'array','items':{'type':'object',"
            + "'properties':{'subject':{'type':'string'}}}}}}";

    assertThat(ContentRules.check(content("{{#mails}}{{subject}}{{/mails}}", mails, "{}", null)))
        .isEmpty();
    assertThat(pointers(content("{{subject}}", mails, "{}", null)))
        .containsExactly("/messages/0/content");
    assertThat(pointers(content("{{.}}", mails, "{}", null)))
        .containsExactly("/messages/0/content");
  }

  @Test
  void variables_are_an_object_schema_whose_required_names_are_declared() {
    assertThat(pointers(content("x", "{'mail':{'type':'string'}}", "{}", null)))
        .containsExactly("/variables");
    assertThat(
            pointers(
                content("x", "{'type':'object','properties':{},'required':['a']}", "{}", null)))
        .containsExactly("/variables/required");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'model':7}",
        "{'temperature':2.1}",
        "{'top_p':-0.1}",
        "{'max_tokens':0}",
        "{'max_completion_tokens':1.5}",
        "{'seed':'one'}",
        "{'frequency_penalty':-3}",
        "{'presence_penalty':'0'}",
        "{'stop':['a','b','c','d','e']}",
        "{'logprobs':1}",
        "{'top_logprobs':21}",
        "{'tools':{}}",
        "{'tool_choice':[]}",
        "{'reasoning_effort':1}",
        "{'top_k':0}",
        "{'min_p':1.5}",
        "{'repetition_penalty':0}",
        "{'chat_template_kwargs':[]}",
        "{'structured_outputs':'yes'}",
      })
  void a_parameter_out_of_its_bounds_is_refused(String parameters) {
    assertThat(pointers(content("x", MAIL, parameters, null)))
        .singleElement()
        .asString()
        .startsWith("/parameters/");
  }

  @Test
  void parameters_that_servers_of_open_models_have_beside_the_openai_api_are_set() {
    assertThat(
            pointers(
                content(
                    "x",
                    MAIL,
                    """
                    {'top_k':-1,'min_p':0.05,'repetition_penalty':1.1,'reasoning_effort':'low',
                     'chat_template_kwargs':{'enable_thinking':false},
                     'structured_outputs':{'choice':['yes','no']}}
                    """,
                    null)))
        .isEmpty();
  }

  @Test
  void a_schema_may_not_lead_out_of_itself_or_run_expressions() {
    for (String schema :
        List.of(
            "{'$ref':'http://127.0.0.1/schema'}",
            "{'properties':{'a':{'pattern':'(a+)+'}}}",
            "{'$id':'http://127.0.0.1'}",
            "{'$schema':'http://json-schema.org/draft-07/schema#'}")) {
      assertThat(pointers(content("x", MAIL, "{}", schema)))
          .as(schema)
          .singleElement()
          .asString()
          .startsWith("/responseFormat/");
    }
    String nested = "{'properties':{'a':".repeat(20) + "{}" + "}}".repeat(20);
    assertThat(ContentRules.check(content("x", MAIL, "{}", nested)))
        .extracting(Violation::detail)
        .containsExactly("is nested more than 24 levels deep; flatten the schema");
  }

  @Test
  void the_callers_messages_have_one_place_by_the_name_that_calls_fill() {
    PromptContent content =
        PromptContent.of(
            List.of(
                Placeholder.CONVERSATION,
                new Placeholder(Placeholder.Type.PLACEHOLDER, "history"),
                Placeholder.CONVERSATION),
            null,
            null,
            null,
            null);

    assertThat(ContentRules.check(content))
        .containsExactly(
            new Violation(
                "/messages/1/name",
                "'history' is not a placeholder that calls fill; the only one is 'conversation',"
                    + " for the caller's messages"),
            new Violation(
                "/messages/2",
                "is a second placeholder 'conversation'; the caller's messages go to one place:"
                    + " remove one"));
  }

  @Test
  void the_size_of_messages_and_examples_together_is_bounded() {
    Example large = new Example("x".repeat(60_000), "y");
    PromptContent content =
        PromptContent.of(
            List.of(new Message(Message.Role.USER, "Sort.")),
            null,
            Collections.nCopies(9, large),
            null,
            null);

    assertThat(ContentRules.check(content))
        .containsExactly(
            new Violation(
                "",
                "messages and examples have 540014 characters in total; shorten them to at most"
                    + " 524288"));
  }
}
