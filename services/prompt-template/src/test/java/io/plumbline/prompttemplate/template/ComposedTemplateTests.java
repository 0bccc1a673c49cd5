package io.plumbline.prompttemplate.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Partials, against the cases of Mustache's own specification (mustache/spec, partials). */
class ComposedTemplateTests {

  private static Template template(String source) {
    return (Template) Template.parse(source);
  }

  private static ComposedTemplate composed(String source, Map<String, ComposedTemplate> partials) {
    return new ComposedTemplate(template(source), partials);
  }

  private static ComposedTemplate text(String source) {
    return ComposedTemplate.of(template(source));
  }

  private static String render(ComposedTemplate composed, Map<String, @Nullable Object> variables) {
    return switch (CompiledTemplate.of(composed).render(variables)) {
      case Rendering.Text rendered -> rendered.text();
      case Rendering.Refused refused -> "refused: " + refused.reason();
    };
  }

  /** The letter N stands for a line feed, R for a carriage return and T for a tab. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "basic behaviour; '{{>p}}'; the text; 'the text'",
        "the variables of the place; -{{>p}}-; *{{a}}*; -*one*-",
        "whitespace around the tag stays; | {{>p}} |; T|T; | T|T |",
        "a tag beside text lends no indentation; \"  {{a}}  {{> p}}N\"; >N>; \"  one  >N>N\"",
        "a line may end with a carriage return; |RN{{>p}}RN|; >; |RN>|",
        "alone on the first line; \"  {{>p}}N>\"; >N>; \"  >N  >>\"",
        "alone on the last line; \">N  {{>p}}\"; >N>; \">N  >N  >\"",
        "each line is indented before it is rendered; \"\\N {{>p}}N/N\"; |N{{{b}}}N|N; \"\\N |N"
            + " <N->N |N/N\"",
        "blanks inside the tag say nothing; |{{> p }}|; []; |[]|",
        "a section at the start of a partial stands alone; \" a {{>p}} z\"; {{#l}}NxN{{/l}}Ny; \" a"
            + " xNxNy z\"",
        "every turn of a section is indented; \"  {{>p}}Nz\"; {{#l}}N{{.}}N{{/l}}N; \"  1N  2Nz\"",
        "empty lines stay empty; \"  {{>p}}Nz\"; xNNyN; \"  xNN  yNz\"",
        "an empty partial leaves nothing; \"  {{>p}}Nz\"; {{! nothing }}; z",
        "what a variable says is no tag; {{>p}}; {{c}}; {{a}}"
      })
  void partials_render_as_the_specification_says(
      String meaning, String source, String partial, String expected) {
    Map<String, @Nullable Object> variables =
        Map.of("a", "one", "b", "<\n->", "l", List.of("1", "2"), "c", "{{a}}");

    assertThat(render(composed(broken(source), Map.of("p", text(broken(partial)))), variables))
        .isEqualTo(broken(expected));
  }

  private static String broken(String line) {
    return line.replace('N', '\n').replace('R', '\r').replace('T', '\t');
  }

  @Test
  void partials_of_partials_add_their_indentation() {
    ComposedTemplate outer = composed("head\n  {{> list}}\nend\n", Map.of("list", text("1\n2\n")));

    assertThat(render(composed(" {{> outer}}\n", Map.of("outer", outer)), Map.of()))
        .isEqualTo(" head\n   1\n   2\n end\n");
  }

  @Test
  void a_name_means_what_the_text_around_it_says() {
    ComposedTemplate inner = composed("({{> x}})", Map.of("x", text("theirs")));

    assertThat(
            render(
                composed("{{> x}} {{> inner}}", Map.of("x", text("ours"), "inner", inner)),
                Map.of()))
        .isEqualTo("ours (theirs)");
  }

  @Test
  void a_missing_variable_of_a_partial_is_refused_by_name() {
    assertThat(render(composed("{{> p}}", Map.of("p", text("{{tone}}"))), Map.of()))
        .isEqualTo("refused: Variable 'tone' has no value; pass one");
  }

  @Test
  void partials_share_the_budget_of_what_includes_them() {
    ComposedTemplate wide = text("{{#l}}{{#l}}{{#l}}x{{/l}}{{/l}}{{/l}}");

    assertThat(
            render(
                composed("{{#l}}{{> wide}}{{/l}}", Map.of("wide", wide)),
                Map.of("l", Collections.nCopies(50, "y"))))
        .startsWith("refused: Rendering takes more than");
  }

  @Test
  void a_tag_without_its_partial_is_not_compiled() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CompiledTemplate.of(composed("{{> p}}{{> q}}", Map.of("p", text("x")))))
        .withMessageContaining("no partial 'q'");
  }

  @Test
  void tokens_of_a_partial_stand_in_its_place() {
    ComposedTemplate composed = composed("a {{> p}} b", Map.of("p", text("{{x}}!")));

    assertThat(composed.tokens().stream().map(Token::text).collect(Collectors.joining("·")))
        .isEqualTo("a ·{{x}}·!· b");
    assertThat(composed.textWithoutTags()).isEqualTo("a  !  b ");
  }

  @Test
  void each_inclusion_counts_with_its_indentation_and_no_further_than_needed() {
    ComposedTemplate two = text("ab\ncd");
    ComposedTemplate once = composed("  {{> p}}", Map.of("p", two));

    assertThat(once.length(100)).isEqualTo("  {{> p}}".length() + "  ab\n  cd".length());
    ComposedTemplate grown = text("0123456789");
    for (int i = 0; i < 30; i++) {
      grown = composed("{{> p}}".repeat(1_000), Map.of("p", grown));
    }
    assertThat(grown.length(1_000_000)).isBetween(1_000_000L, 1_100_000L);
  }

  @Test
  void an_indentation_that_multiplies_is_counted_before_it_is_written() {
    ComposedTemplate lines = text("x\n".repeat(30_000));
    ComposedTemplate wide = composed(" ".repeat(60_000) + "{{> p}}", Map.of("p", lines));

    assertThat(wide.length(1_000_000)).isEqualTo(60_007L + 60_000 + 30_000L * 60_000);
  }
}
