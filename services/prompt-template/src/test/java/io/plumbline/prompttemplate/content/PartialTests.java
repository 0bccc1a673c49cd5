package io.plumbline.prompttemplate.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.prompttemplate.content.Message.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The partials that a content may include, and what they add to it. */
class PartialTests {

  private static PromptContent content(String text, String properties) {
    ObjectNode variables =
        json("{'type':'object','properties':{%s},'required':[]}".formatted(properties));
    JsonNode names = variables.path("properties");
    names.propertyNames().forEach(variables.withArray("required")::add);
    return PromptContent.of(List.of(new Message(Role.SYSTEM, text)), variables, null, null, null);
  }

  private static Partial partial(String text, String properties) {
    PromptContent content = content(text, properties);
    return new Partial(digest(content), content);
  }

  private static String digest(PromptContent content) {
    return "digest of " + content.writtenMessages().getFirst().content();
  }

  /** Returns a content as it is published, with the variables of its partials. */
  private static PromptContent completed(PromptContent content) {
    return ContentRules.completeAndCheck(content, Set.of()).content();
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  @Test
  void the_variables_of_partials_join_those_of_the_content() {
    PromptContent joined =
        completed(
            content("{{> tone}} {{a}}", "'a':{'type':'string'}")
                .withPartials(
                    Map.of(
                        "tone",
                        partial("{{b}}{{a}}", "'b':{'type':'number'},'a':{'type':'string'}"))));

    assertThat(joined.variables())
        .isEqualTo(
            json(
                "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'number'}},"
                    + "'required':['a','b']}"));
    assertThat(ContentRules.check(joined)).isEmpty();
    assertThat(completed(joined)).isEqualTo(joined);
  }

  @Test
  void what_the_content_declares_itself_keeps_its_default_and_need_not_be_given() {
    ObjectNode own =
        json("{'type':'object','properties':{'tone':{'type':'string','default':'calm'}}}");
    PromptContent joined =
        completed(
            PromptContent.of(List.of(new Message(Role.USER, "{{> p}}")), own, null, null, null)
                .withPartials(
                    Map.of("p", partial("{{tone}}", "'tone':{'type':'string','title':'Tone'}"))));

    assertThat(joined.variables()).isEqualTo(own);
    assertThat(ContentRules.check(joined)).isEmpty();
  }

  @Test
  void a_clash_of_types_is_named() {
    assertThat(
            ContentRules.check(
                content("{{> p}}{{n}}", "'n':{'type':'string'}")
                    .withPartials(Map.of("p", partial("{{n}}", "'n':{'type':'number'}")))))
        .containsExactly(
            new Violation(
                "/variables/properties/n",
                "is {\"type\":\"string\"} here, but the partial 'p' declares 'n' as"
                    + " {\"type\":\"number\"}; remove it here to take the partial's, or rename one"
                    + " of the two"));
    assertThat(
            ContentRules.check(
                content("{{> p}}{{> q}}", "")
                    .withPartials(
                        Map.of(
                            "p", partial("{{n}}", "'n':{'type':'number'}"),
                            "q", partial("{{n}}", "'n':{'type':'string'}")))))
        .containsExactly(
            new Violation(
                "/partials/q",
                "declares the variable 'n' as {\"type\":\"string\"}, but the partial 'p' declares"
                    + " it as {\"type\":\"number\"}; rename one of the two"));
  }

  @Test
  void a_section_gives_a_partial_its_variables() {
    String mails =
        "'mails':{'type':'array','items':{'type':'object','properties':{'subject':{'type':'%s'}}}}";
    Map<String, Partial> line =
        Map.of("line", partial("- {{subject}}\n", "'subject':{'type':'string'}"));
    PromptContent fits =
        content("{{#mails}}{{> line}}{{/mails}}", mails.formatted("string")).withPartials(line);

    assertThat(ContentRules.check(fits)).isEmpty();
    assertThat(completed(fits).variables().path("properties").propertyNames())
        .containsExactly("mails");
    assertThat(
            ContentRules.check(
                content("{{#mails}}{{> line}}{{/mails}}", mails.formatted("number"))
                    .withPartials(line)))
        .singleElement()
        .extracting(Violation::detail)
        .asString()
        .contains("line 1, column 11", "'line' reads 'subject'", "the section around it");
  }

  @Test
  void a_variable_with_the_name_of_a_partial_includes_nothing() {
    PromptContent content =
        content(
                "{{#people}}{{> tone}}{{/people}} {{tone}}",
                "'tone':{'type':'string'},'people':{'type':'array','items':{'type':'object',"
                    + "'properties':{'name':{'type':'string'}}}}")
            .withPartials(
                Map.of("tone", partial("Be kind to {{name}}.", "'name':{'type':'string'}")));

    assertThat(completed(content).variables().path("properties").propertyNames())
        .containsExactlyInAnyOrder("tone", "people");
  }

  @Test
  void a_name_without_partial_and_a_partial_without_place_are_named() {
    assertThat(
            ContentRules.check(
                content("\n{{> tone}}", "").withPartials(Map.of("rules", partial("x", "")))))
        .containsExactly(
            new Violation(
                "/messages/0/content",
                "line 2, column 1: 'tone' is not among the partials; say in partials which prompt"
                    + " it is, at which version or label"),
            new Violation(
                "/partials/rules",
                "is included by no message; write {{> rules}} where it goes, or remove it"));
    assertThat(
            ContentRules.completeAndCheck(content("{{> tone}}", ""), Set.of("tone")).violations())
        .isEmpty();
  }

  @Test
  void only_a_text_is_included() {
    List<PromptContent> others =
        List.of(
            PromptContent.of(List.of(Placeholder.CONVERSATION), null, null, null, null),
            PromptContent.of(
                List.of(new Message(Role.USER, "x"), new Message(Role.USER, "y")),
                null,
                null,
                null,
                null),
            PromptContent.of(
                List.of(new Message(Role.USER, "x")),
                null,
                List.of(new Example("x", "y")),
                null,
                null),
            PromptContent.of(
                List.of(new Message(Role.USER, "x")), null, null, json("{'seed':1}"), null),
            PromptContent.of(
                List.of(new Message(Role.USER, "x")), null, null, null, json("{'type':'string'}")));

    assertThat(others)
        .allSatisfy(other ->
            assertThat(
                    ContentRules.check(
                        content("{{> p}}", "").withPartials(Map.of("p", new Partial("d", other)))))
                .singleElement()
                .satisfies(violation -> {
                  assertThat(violation.pointer()).isEqualTo("/partials/p");
                  assertThat(violation.detail()).startsWith("is not a text: ");
                }));
  }

  @Test
  void partials_nest_five_deep_and_no_deeper() {
    Partial nested = partial("x", "");
    for (int i = 0; i < 4; i++) {
      PromptContent around = content("{{> p}}", "").withPartials(Map.of("p", nested));
      nested = new Partial("d", around);
    }
    PromptContent five = content("{{> p}}", "").withPartials(Map.of("p", nested));

    assertThat(ContentRules.check(five)).isEmpty();
    assertThat(
            ContentRules.check(
                content("{{> p}}", "").withPartials(Map.of("p", new Partial("d", five)))))
        .containsExactly(
            new Violation(
                "/partials/p", "nests partials more than 5 deep; write some of them out"));
  }

  @Test
  void partials_that_multiply_beyond_the_size_of_a_prompt_are_refused() {
    Partial large = partial("x".repeat(60_000), "");

    assertThat(
            ContentRules.check(content("{{> p}}".repeat(10), "").withPartials(Map.of("p", large))))
        .singleElement()
        .extracting(Violation::detail)
        .asString()
        .startsWith("messages with their partials and examples have ");
  }

  @Test
  void partials_whose_variables_multiply_are_refused() {
    Partial wide = partial("x", "'n':{'title':'%s'}".formatted("y".repeat(20_000)));
    Map<String, Partial> partials = new TreeMap<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      partials.put("p" + i, wide);
      text.append("{{> p%d}}".formatted(i));
    }

    assertThat(ContentRules.check(content(text.toString(), "").withPartials(partials)))
        .containsExactly(
            new Violation(
                "/partials",
                "have more than 524288 characters with their variables and what they include;"
                    + " include fewer or shorter ones"));
  }

  @Test
  void more_partials_than_a_version_may_have_are_refused() {
    Map<String, Partial> partials = new TreeMap<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 33; i++) {
      partials.put("p" + i, partial("x", ""));
      text.append("{{> p%d}}".formatted(i));
    }

    assertThat(ContentRules.check(content(text.toString(), "").withPartials(partials)))
        .containsExactly(new Violation("/partials", "has 33 partials; include at most 32"));
  }

  @Test
  void a_partial_that_is_not_what_its_digest_says_is_found_however_deep() {
    Partial inner = partial("inner", "");
    PromptContent around = content("{{> in}}", "").withPartials(Map.of("in", inner));
    PromptContent sound =
        content("{{> out}}", "").withPartials(Map.of("out", new Partial(digest(around), around)));
    PromptContent changed =
        content("{{> in}}", "")
            .withPartials(Map.of("in", new Partial(inner.digest(), content("another", ""))));

    assertThat(sound.alteredPartial(PartialTests::digest)).isEmpty();
    assertThat(
            content("{{> out}}", "")
                .withPartials(Map.of("out", new Partial(digest(changed), changed)))
                .alteredPartial(PartialTests::digest))
        .containsExactly("out", "in");
  }

  @Test
  void a_content_without_partials_is_written_as_before_and_one_with_them_read_as_written() {
    PromptContent without = content("x", "");
    PromptContent with = content("{{> p}}", "").withPartials(Map.of("p", partial("x", "")));
    JsonMapper json = JsonMapper.shared();

    assertThat(json.<ObjectNode>valueToTree(without).propertyNames())
        .containsExactly(
            "messages", "variables", "examples", "parameters", "responseFormat", "propertyOrder");
    assertThat(json.readValue(json.writeValueAsString(with), PromptContent.class)).isEqualTo(with);
    assertThat(json.<JsonNode>valueToTree(with).at("/partials/p/digest").asString())
        .isEqualTo("digest of x");
  }
}
