package io.plumbline.inference.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptTemplateTests {

  @Test
  void it_fills_variables_and_repeats_sections() {
    assertThat(
            PromptTemplate.compile("{{#tags}}<{{.}}>{{/tags}} {{text}}")
                .render(Map.of("tags", List.of("a", "b"), "text", "x & y")))
        .isEqualTo("<a><b> x & y");
  }

  @Test
  void it_names_what_has_no_value() {
    assertThatThrownBy(() -> PromptTemplate.compile("{{text}}").render(Map.of()))
        .isInstanceOf(PromptTemplate.Unfilled.class)
        .hasMessageContaining("'text'");
  }

  /**
   * A thousand to the fourth steps that write nothing: without a bound on time this test would not
   * end.
   */
  @Test
  void sections_in_sections_end_in_time_even_if_they_print_nothing() {
    PromptTemplate template =
        PromptTemplate.compile("{{#a}}{{#b}}{{#c}}{{#d}}{{/d}}{{/c}}{{/b}}{{/a}}");
    List<String> many = Collections.nCopies(1_000, "");

    assertThatThrownBy(() -> template.render(Map.of("a", many, "b", many, "c", many, "d", many)))
        .isInstanceOf(PromptTemplate.Unfilled.class)
        .hasMessageContaining("pass shorter lists");
  }

  @Test
  void the_text_does_not_grow_without_end() {
    String half = "x".repeat(600_000);

    assertThatThrownBy(() -> PromptTemplate.compile("{{a}}{{a}}").render(Map.of("a", half)))
        .isInstanceOf(PromptTemplate.Unfilled.class)
        .hasMessageContaining("pass shorter variables");
  }
}
