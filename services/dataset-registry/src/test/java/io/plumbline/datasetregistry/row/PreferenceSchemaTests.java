package io.plumbline.datasetregistry.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceSchemaTests {

  private static final Lines LINES = new Lines(new PreferenceSchema());
  private static final String INPUT =
      "\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";

  /** Reads lines as the platform and OpenAI document them, and compares the resulting items. */
  @ParameterizedTest
  @ValueSource(strings = {"own", "openai"})
  void reads_conversations_with_a_better_and_a_worse_answer(String name) throws IOException {
    assertThat(LINES.items(Lines.resource("/preferences/" + name + ".jsonl")))
        .isEqualTo(Lines.resource("/preferences/" + name + ".items.jsonl"));
  }

  @Test
  void the_example_is_a_preference() throws IOException {
    assertThat(LINES.problems(PreferenceSchema.EXAMPLE)).isEmpty();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/preferences/faults.txt", delimiter = '|', quoteCharacter = '\1')
  void says_what_is_wrong_where_and_what_to_do(String line, String field, String reason)
      throws IOException {
    RowProblem problem =
        LINES
            .problems(
                PreferenceSchema.EXAMPLE
                    + "\n"
                    + line.replace("INPUT", INPUT)
                        .replace("YES", "[{\"role\":\"assistant\",\"content\":\"yes\"}]")
                        .replace("NO", "[{\"role\":\"assistant\",\"content\":\"no\"}]"))
            .getFirst();

    assertThat(problem.place()).isEqualTo("row 2 (line 2), field \"" + field + "\"");
    assertThat(problem.reason()).startsWith(reason);
    assertThat(problem.remedy()).isNotBlank();
  }

  @Test
  void bounds_what_is_many_or_long() throws IOException {
    String many = "\"" + "a".repeat(100_001) + "\"";
    assertThat(problem(many, "\"b\""))
        .contains("\"expected.chosen\" is longer than 100,000 characters");
    assertThat(problem("\"b\"", "{\"role\":\"assistant\",\"content\":" + many + "}"))
        .contains("\"expected.rejected.content\" is longer than 100,000 characters");
    String calls =
        IntStream.range(0, 21)
            .mapToObj(
                i -> "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}")
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(problem("\"b\"", "{\"role\":\"assistant\",\"tool_calls\":" + calls + "}"))
        .contains("\"expected.rejected.tool_calls\" has 21 tool calls, more than 20");
    String deep = "{\\\"a\\\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(
            problem(
                "\"b\"",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"type\":\"function\",\"function\":"
                    + "{\"name\":\"f\",\"arguments\":\""
                    + deep
                    + "\"}}]}"))
        .contains("\"expected.rejected.tool_calls[0].function.arguments\" is not a JSON object");
  }

  private static String problem(String chosen, String rejected) throws IOException {
    return LINES
        .problems(
            "{%s,\"expected\":{\"chosen\":%s,\"rejected\":%s}}".formatted(INPUT, chosen, rejected))
        .getFirst()
        .sentence();
  }
}
