package io.plumbline.demo.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocumentationTests {

  @Test
  void the_options_of_a_command_are_left_out_to_the_next_section() {
    String page =
        "# npm-ci\n\n### Configuration\n\n#### `omit`\n\nWhat.\n\n### See Also\n\nMore.\n";

    assertThat(Documentation.withoutOptions(page)).isEqualTo("# npm-ci\n\n### See Also\n\nMore.\n");
    assertThat(Documentation.withoutOptions("# a\n\n### Configuration\n\nAll.\n"))
        .isEqualTo("# a\n\n");
    assertThat(Documentation.withoutOptions("# a\n\n#### prefix Configuration\n\nAll.\n"))
        .contains("All.");
  }
}
