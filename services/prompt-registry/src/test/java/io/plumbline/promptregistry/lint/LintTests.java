package io.plumbline.promptregistry.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.Message.Role;
import io.plumbline.prompttemplate.content.Partial;
import io.plumbline.prompttemplate.content.PromptContent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LintTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String MAIL =
      "{'type':'object','properties':{'mail':{'type':'string'}},'required':['mail']}";
  private static final String LABELS =
      "{'type':'object','properties':{'label':{'enum':['spam','personal']}}}";
  private static final String CONTEXT =
      "You read the mail that reaches a small company. Personal mail was written by a human to the"
          + " recipient. Answer with one word.";

  private static PromptContent content(
      String system, String user, List<Example> examples, @Nullable String format) {
    return PromptContent.of(
        List.of(new Message(Role.SYSTEM, system), new Message(Role.USER, user)),
        json(MAIL),
        examples,
        null,
        format == null ? null : json(format));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
  }

  private static List<String> found(PromptContent content) {
    return Lint.findings(content).stream()
        .map(finding -> finding.rule() + " " + finding.line() + ":" + finding.column())
        .toList();
  }

  @Test
  void a_prompt_that_keeps_every_guideline_has_no_finding() {
    List<Example> examples =
        List.of(
            new Example("Cheap pills", "{\"label\":\"spam\"}"),
            new Example("Lunch on Friday?", "{\"label\":\"personal\"}"));
    assertThat(Lint.findings(content(CONTEXT, "<mail>\n{{mail}}\n</mail>", examples, LABELS)))
        .isEmpty();
  }

  @Test
  void a_bare_prompt_lacks_context_and_format() {
    assertThat(found(content("Sort.", "{{mail}}", List.of(), null)))
        .containsExactly("context-supplied null:null", "output-format-given null:null");
  }

  @Test
  void vague_and_contradicting_words_are_found_where_they_stand() {
    assertThat(
            found(
                content(
                    CONTEXT + "\nTry to be brief.\nAnswer in detail.",
                    "{{mail}}",
                    List.of(),
                    null)))
        .containsExactly("instruction-clarity 2:1", "instruction-clarity 3:8");
  }

  @Test
  void labels_without_an_example_are_named() {
    Example spam = new Example("a", "{\"label\":\"spam\"}");
    assertThat(Lint.findings(content(CONTEXT, "{{mail}}", List.of(spam), LABELS)))
        .extracting(Finding::detail)
        .containsExactly("No example shows personal; add one for each");
  }

  @Test
  void free_text_is_kept_out_of_the_system_message_and_fenced_beside_instructions() {
    assertThat(found(content(CONTEXT + " {{mail}}", "Read {{mail}} now", List.of(), null)))
        .containsExactly(
            "untrusted-variable 1:%d".formatted(CONTEXT.length() + 2), "untrusted-variable 1:6");
  }

  @Test
  void a_variable_in_single_braces_is_an_error_where_it_is_declared() {
    PromptContent prompt =
        content(
            CONTEXT + "\nIn {language}: \\frac{a}{b}, x^{n}, {\"a\": 1}, {{{mail}}}, {a b}.",
            "<mail>{mail} and {{mail}}, { mail.body }</mail>",
            List.of(),
            null);

    assertThat(Lint.findings(prompt))
        .filteredOn(finding -> finding.rule().equals("single-braces"))
        .extracting(
            Finding::severity, Finding::pointer, Finding::line, Finding::column, Finding::excerpt)
        .containsExactly(
            tuple(Finding.Severity.ERROR, "/messages/1/content", 1, 7, "{mail}"),
            tuple(Finding.Severity.ERROR, "/messages/1/content", 1, 28, "{ mail.body }"),
            tuple(Finding.Severity.WARNING, "/messages/0/content", 2, 4, "{language}"));
  }

  @Test
  void an_example_that_breaks_the_response_format_is_found() {
    List<Message> messages =
        List.of(
            new Message(Role.SYSTEM, CONTEXT),
            new Message(Role.USER, "Cheap pills"),
            new Message(Role.ASSISTANT, "spam"),
            new Message(Role.USER, "{{mail}}"),
            new Message(Role.ASSISTANT, "{\"label\":"));
    PromptContent prompt =
        PromptContent.of(
            messages,
            json(MAIL),
            List.of(
                new Example("a", "{\"label\":\"spam\"}"), new Example("b", "{\"label\":\"ham\"}")),
            null,
            json(
                "{'type':'json_schema','json_schema':{'name':'triage','schema':%s}}"
                    .formatted(LABELS)));

    assertThat(Lint.findings(prompt))
        .filteredOn(finding -> finding.rule().equals("examples-follow-format"))
        .extracting(Finding::severity, Finding::pointer)
        .containsExactly(
            tuple(Finding.Severity.WARNING, "/examples/1/output"),
            tuple(Finding.Severity.WARNING, "/messages/2/content"));
  }

  /**
   * A rule that took quadratic time in the length of a text, for each of its variables, would take
   * hours for this one.
   */
  @Test
  void a_hostile_text_is_read_in_one_go() {
    String user = "-".repeat(40_000) + "x" + "{{mail}}".repeat(2_000);
    assertThat(found(content(CONTEXT, user, List.of(), null)))
        .filteredOn(each -> each.startsWith("untrusted-variable"))
        .hasSize(FirstFindings.MAX);
  }

  @Test
  void secrets_and_personal_data_are_found_and_masked() {
    List<Finding> findings =
        Lint.findings(
            content(
                CONTEXT
                    + " key AKIAIOSFODNN7EXAMPLE, mail kim@acme.io or kim@example.com, IBAN GB82"
                    + " WEST 1234 5698 7654 32, card 4111 1111 1111 1111.",
                "{{mail}}",
                List.of(),
                null));
    assertThat(findings)
        .extracting(Finding::excerpt)
        .containsExactly("AKIA…", "kim@…", "GB82…", "4111…");
  }

  @Test
  void numbers_that_fail_their_checksum_are_not_taken_for_cards_or_accounts() {
    assertThat(
            found(
                content(
                    CONTEXT + " order 4111 1111 1111 1112, GB82 WEST 1234 5698 7654 33",
                    "{{mail}}",
                    List.of(),
                    null)))
        .isEmpty();
  }

  @Test
  void fixed_text_that_fills_the_window_is_pointed_out() {
    assertThat(found(content(CONTEXT + " word".repeat(4_000), "{{mail}}", List.of(), null)))
        .containsExactly("token-budget null:null");
  }

  @Test
  void the_budget_is_counted_in_tokens_not_in_characters() {
    assertThat(
            found(
                content(
                    CONTEXT + " internationalization".repeat(1_000), "{{mail}}", List.of(), null)))
        .isEmpty();
  }

  @Test
  void every_guideline_shows_a_bad_and_a_good_example() {
    assertThat(Lint.guidelines())
        .hasSize(9)
        .allSatisfy(
            guideline -> assertThat(guideline.bad()).isNotBlank().isNotEqualTo(guideline.good()));
  }

  @Test
  void what_a_partial_says_counts_for_the_prompt_that_includes_it() {
    Partial context =
        new Partial(
            "digest",
            PromptContent.of(List.of(new Message(Role.USER, CONTEXT)), null, null, null, null));
    PromptContent included =
        content("{{> context}}", "<mail>\n{{mail}}\n</mail>", List.of(), null)
            .withPartials(Map.of("context", context));

    assertThat(found(included)).isEmpty();
    Partial large =
        new Partial(
            "digest",
            PromptContent.of(
                List.of(new Message(Role.USER, CONTEXT.repeat(200))), null, null, null, null));
    assertThat(found(included.withPartials(Map.of("context", large))))
        .contains("token-budget null:null");
  }

  @Test
  void free_text_of_a_partial_is_found_in_a_system_message() {
    Partial quoted =
        new Partial(
            "digest",
            PromptContent.of(
                List.of(new Message(Role.USER, "<mail>{{mail}}</mail>")),
                json(MAIL),
                null,
                null,
                null));
    PromptContent prompt =
        content(CONTEXT + " {{> quoted}}", "Go.", List.of(), null)
            .withPartials(Map.of("quoted", quoted));

    assertThat(Lint.findings(prompt))
        .filteredOn(finding -> finding.rule().equals("untrusted-variable"))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.excerpt()).isEqualTo("{{> quoted}}");
          assertThat(finding.detail()).startsWith("the partial 'quoted' has the free text 'mail'");
        });
  }

  @Test
  void of_ten_thousand_warnings_the_first_are_reported_and_no_error_is_hidden_by_them() {
    String warnings = "{a} ".repeat(10_000);

    List<Finding> findings =
        Lint.findings(content(CONTEXT, warnings + "{mail}", List.of(), LABELS)).stream()
            .filter(finding -> finding.rule().equals("single-braces"))
            .toList();

    assertThat(findings)
        .extracting(Finding::severity)
        .filteredOn(Finding.Severity.WARNING::equals)
        .hasSize(FirstFindings.MAX);
    assertThat(findings).extracting(Finding::severity).contains(Finding.Severity.ERROR);
  }
}
