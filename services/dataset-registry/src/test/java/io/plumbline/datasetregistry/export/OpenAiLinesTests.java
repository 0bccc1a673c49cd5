package io.plumbline.datasetregistry.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.items.ItemFile;
import org.junit.jupiter.api.Test;

class OpenAiLinesTests {

  @Test
  void the_first_reference_is_the_answer_and_what_the_format_has_not_is_left_out() {
    assertThat(
            line(
                """
                {"itemId":"1","input":{"messages":[{"role":"user","content":"Name a sea."}]},\
                "expected":{"references":["Baltic","Aral"],"rubric":"Is a sea."},\
                "metadata":{"source":"web","parallel_tool_calls":"no"}}\
                """))
        .isEqualTo(
            """
            {"messages":[{"role":"user","content":"Name a sea."},\
            {"role":"assistant","content":"Baltic"}]}\
            """);
  }

  @Test
  void metadata_that_only_look_like_weights_weigh_nothing() {
    assertThat(
            line(
                """
                {"itemId":"1","input":{"messages":[{"role":"user","content":"Hi"}]},\
                "metadata":{"weights":{"7":1,"a":1,"0":"heavy"}}}\
                """))
        .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
  }

  @Test
  void a_preference_is_a_line_of_preference_fine_tuning() {
    assertThat(
            line(
                """
                {"itemId":"1","input":{"messages":[{"role":"user","content":"Hi"}]},\
                "expected":{"chosen":{"role":"assistant","content":"Hello."},\
                "rejected":{"role":"assistant","content":"What?"}},\
                "metadata":{"source":"web","parallel_tool_calls":false}}\
                """))
        .isEqualTo(
            """
            {"input":{"messages":[{"role":"user","content":"Hi"}],"parallel_tool_calls":false},\
            "preferred_output":[{"role":"assistant","content":"Hello."}],\
            "non_preferred_output":[{"role":"assistant","content":"What?"}]}\
            """);
  }

  private static String line(String item) {
    return new String(OpenAiLines.line(ItemFile.read(item)), UTF_8);
  }
}
