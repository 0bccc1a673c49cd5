package io.plumbline.prompttemplate.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.prompttemplate.template.ParsedTemplate.Malformed;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TemplateTests {

  private static String render(String source, Map<String, @Nullable Object> variables) {
    return switch (Template.parse(source)) {
      case Malformed malformed -> "malformed %d:%d".formatted(malformed.line(), malformed.column());
      case Template template ->
          switch (CompiledTemplate.of(ComposedTemplate.of(template)).render(variables)) {
            case Rendering.Text text -> text.text();
            case Rendering.Refused refused -> "refused: " + refused.reason();
          };
    };
  }

  @Test
  void variables_and_sections_are_filled_without_escaping() {
    assertThat(
            render(
                "{{a}} & {{&a}} {{#list}}[{{.}}]{{/list}}{{^none}}-{{/none}}",
                Map.of("a", "<b>", "list", List.of("x", "y"), "none", List.of())))
        .isEqualTo("<b> & <b> [x][y]-");
  }

  @Test
  void structured_values_print_as_json() {
    assertThat(render("{{o}}", Map.of("o", Map.of("k", List.of(1, 2))))).isEqualTo("{\"k\":[1,2]}");
  }

  @Test
  void a_missing_or_empty_variable_is_refused() {
    assertThat(render("{{a}}", Map.of())).isEqualTo("refused: Variable 'a' has no value; pass one");
    assertThat(render("{{a}}", Collections.singletonMap("a", null)))
        .isEqualTo("refused: Variable 'a' has no value; pass one");
  }

  @Test
  void objects_have_no_members_that_a_template_could_reach() {
    for (String name :
        List.of("class", "a.class", "a.getClass", "a.length", "entrySet", "a.bytes", "hashCode")) {
      assertThat(render("{{" + name + "}}", Map.of("a", "text"))).as(name).startsWith("refused");
    }
  }

  @Test
  void what_mustache_offers_beyond_text_is_refused_with_its_position() {
    assertThat(render("ok\n {{> *named}}", Map.of())).isEqualTo("malformed 2:2");
    assertThat(render("{{=<% %>=}}", Map.of())).isEqualTo("malformed 1:1");
    assertThat(render("{{<parent}}{{/parent}}", Map.of())).isEqualTo("malformed 1:1");
    assertThat(render("{{a b}}", Map.of())).isEqualTo("malformed 1:1");
    assertThat(render("{{#a}} open", Map.of())).isEqualTo("malformed 1:1");
    assertThat(render("{{#a}}{{/b}}", Map.of())).isEqualTo("malformed 1:7");
    assertThat(render("{{never", Map.of())).isEqualTo("malformed 1:1");
    assertThat(render("{{#a}}".repeat(17), Map.of())).startsWith("malformed 1:");
  }

  @Test
  void a_template_that_multiplies_lists_is_stopped() {
    String nested = "{{#l}}".repeat(10) + "x" + "{{/l}}".repeat(10);
    assertThat(render(nested, Map.of("l", Collections.nCopies(50, "y"))))
        .startsWith("refused: Rendering takes more than");
    assertThat(
            render(
                "{{#l}}{{big}}{{/l}}",
                Map.of("l", Collections.nCopies(64, "y"), "big", "z".repeat(1 << 16))))
        .startsWith("refused: The rendered text has more than");
  }

  @Test
  void a_name_that_would_take_the_stack_is_refused() {
    String name = "a.".repeat(Template.MAX_NAME / 2);
    assertThat(Template.parse("{{" + name + "a}}"))
        .isEqualTo(new Malformed(1, 1, "A name has at most 1,000 characters; shorten it"));
    assertThat(Template.parse("{{>" + name + "a}}")).isInstanceOf(Malformed.class);
    assertThat(Template.parse("{{" + name.substring(2) + "a}}")).isInstanceOf(Template.class);
  }
}
