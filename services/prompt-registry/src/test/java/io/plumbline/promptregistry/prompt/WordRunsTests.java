package io.plumbline.promptregistry.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.Partial;
import io.plumbline.prompttemplate.content.PromptContent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tests by which words a version is known to have those of an earlier one. */
class WordRunsTests {

  private static PromptContent message(String text) {
    return content(text, "{}", List.of(), "{}");
  }

  private static PromptContent content(
      String text, String variables, List<Example> examples, String parameters) {
    return PromptContent.of(
        List.of(new Message(Message.Role.SYSTEM, text)),
        json(variables),
        examples,
        json(parameters),
        null);
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static boolean share(PromptContent later, PromptContent earlier) {
    return WordRuns.of(later).remove(WordRuns.of(earlier).toBytes());
  }

  @Test
  void four_words_in_a_row_are_shared_and_three_are_not() {
    PromptContent earlier = message("Sort each mail by what its sender wants from us.");

    assertThat(share(message("Say what its sender wants, and when."), earlier)).isTrue();
    assertThat(share(message("Say what its sender hopes, and when."), earlier)).isFalse();
  }

  @Test
  void case_spaces_punctuation_and_what_nobody_sees_make_no_other_words() {
    assertThat(
            share(message("sort\u200b EACH (mail) by\nwhat"), message("Sort each mail by what.")))
        .isTrue();
  }

  @Test
  void a_short_message_is_shared_as_a_whole() {
    assertThat(share(message("Sort: {{mail}}"), message("{{mail}} sort"))).isTrue();
    assertThat(share(message("Sort it: {{mail}}"), message("Sort: {{mail}}"))).isFalse();
  }

  @Test
  void tags_and_what_they_hide_are_no_words() {
    PromptContent earlier = message("{{! written by nobody but me }}{{mail}}");

    assertThat(share(message("{{! written by nobody but me }}{{mail}} Sort."), earlier)).isFalse();
  }

  @Test
  void examples_and_descriptions_are_words_and_names_and_values_are_not() {
    Example example = new Example("The parcel came broken", "complaint");
    String variables =
        "{'type':'object','properties':{'mail':{'type':'string','description':'The mail as it came"
            + " in'}}}";
    String parameters =
        "{'temperature':0,'tools':[{'type':'function','function':{'name':'find','description':"
            + "'Finds the order of a customer'}}]}";

    assertThat(
            share(
                content("A", "{}", List.of(example), "{}"),
                content("B", "{}", List.of(example), "{}")))
        .isTrue();
    assertThat(
            share(
                content("A", variables, List.of(), "{}"), content("B", variables, List.of(), "{}")))
        .isTrue();
    assertThat(
            share(
                content("A", "{}", List.of(), parameters),
                content("B", "{}", List.of(), parameters)))
        .isTrue();
    assertThat(
            share(
                content("A", "{}", List.of(), "{'temperature':0,'stop':'end'}"),
                content("B", "{}", List.of(), "{'temperature':0,'stop':'end'}")))
        .isFalse();
  }

  @Test
  void the_words_of_a_partial_are_not_those_of_what_includes_it() {
    PromptContent rules =
        content(
            "Sort each mail by what its sender wants.",
            "{'type':'object','properties':{'tone':{'type':'string','default':'calm and brief and"
                + " kind'}}}",
            List.of(),
            "{}");
    PromptContent including =
        content(
                "{{> rules}}",
                "{'type':'object','properties':{'tone':{'type':'string','default':'calm and brief"
                    + " and kind'}}}",
                List.of(),
                "{}")
            .withPartials(Map.of("rules", new Partial("digest", rules)));

    assertThat(share(including, rules)).isFalse();
    assertThat(WordRuns.of(including).toBytes()).isEmpty();
  }

  @Test
  void a_default_of_its_own_for_a_variable_of_a_partial_is_words() {
    PromptContent rules =
        content(
            "Sort each mail by what its sender wants.",
            "{'type':'object','properties':{'tone':{'type':'string'}}}",
            List.of(),
            "{}");
    String variables =
        "{'type':'object','properties':{'tone':{'type':'string','default':'Refuse whatever the"
            + " sender asks for.'}}}";
    Map<String, Partial> partials = Map.of("rules", new Partial("digest", rules));
    PromptContent earlier =
        content("{{> rules}} {{tone}}", variables, List.of(), "{}").withPartials(partials);
    PromptContent later =
        content("{{> rules}} So: {{tone}}", variables, List.of(), "{}").withPartials(partials);

    assertThat(share(later, earlier)).isTrue();
  }

  @Test
  void sections_that_are_not_rendered_separate_no_words() {
    PromptContent earlier = message("You are a clerk of the city.");

    assertThat(
            share(
                message(
                    "You {{#f}}zz{{/f}}are {{#f}}zz{{/f}}a {{^t}}zz{{/t}}clerk {{#f}}zz{{/f}}of"),
                earlier))
        .isTrue();
    assertThat(
            share(
                message("Hm {{#t}}You {{#f}}zz{{/f}}are {{#f}}zz{{/f}}a {{#f}}zz{{/f}}clerk{{/t}}"),
                earlier))
        .isTrue();
  }

  @Test
  void words_of_a_script_without_spaces_are_shared_too() {
    assertThat(share(message("请把每封邮件按照内容分类"), message("把每封邮件按照内容分类并回答"))).isTrue();
  }
}
