package io.plumbline.datasetregistry.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.datasetregistry.upload.Format;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionSchemaTests {

  private static final Lines LINES = new Lines(new QuestionSchema());

  /** Reads lines as the projects document them, and compares the items that they become. */
  @ParameterizedTest
  @ValueSource(strings = {"own", "langfuse", "mlflow"})
  void reads_questions_with_what_is_expected_of_their_answers(String name) throws IOException {
    assertThat(LINES.items(Lines.resource("/questions/" + name + ".jsonl")))
        .isEqualTo(Lines.resource("/questions/" + name + ".items.jsonl"));
  }

  @Test
  void reads_questions_in_columns() throws IOException {
    Lines table = new Lines(new QuestionSchema(), Format.CSV);
    assertThat(table.items(Lines.resource("/questions/columns.csv")))
        .isEqualTo(Lines.resource("/questions/columns.items.jsonl"));
    assertThat(table.problems("title,answer\na,b\n").getFirst().sentence())
        .startsWith("Line 1, field \"question\" is missing from the header");
    assertThat(table.problems("question,answer,subset\na,b,dev\n").getFirst().place())
        .isEqualTo("row 1 (line 2), field \"subset\"");
  }

  @Test
  void the_example_is_a_question() throws IOException {
    assertThat(LINES.problems(QuestionSchema.EXAMPLE)).isEmpty();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/questions/faults.txt", delimiter = '|', quoteCharacter = '\1')
  void says_what_is_wrong_where_and_what_to_do(String line, String field, String reason)
      throws IOException {
    RowProblem problem = LINES.problems(QuestionSchema.EXAMPLE + "\n" + line).getFirst();

    assertThat(problem.place()).isEqualTo("row 2 (line 2), field \"" + field + "\"");
    assertThat(problem.reason()).startsWith(reason);
    assertThat(problem.remedy()).isNotBlank();
  }

  @Test
  void bounds_what_is_many_or_long() throws IOException {
    assertThat(problem("{\"answers\":" + list(21, "\"b\"") + "}"))
        .contains("has 21 answers, more than 20");
    assertThat(
            problem(
                "{\"answers\":[\"b\"],\"passages\":" + list(21, "{\"documentId\":\"c\"}") + "}"))
        .contains("has 21 passages, more than 20");
    assertThat(
            problem(
                "{\"answers\":[\"b\"],\"passages\":[{\"documentId\":\"c\",\"text\":\""
                    + "a".repeat(10_001)
                    + "\"}]}"))
        .contains("\"expected.passages[0].text\" is longer than 10,000 characters");
  }

  private static String problem(String expected) throws IOException {
    return LINES
        .problems("{\"question\":\"a\",\"expected\":" + expected + "}")
        .getFirst()
        .sentence();
  }

  private static String list(int count, String element) {
    return IntStream.range(0, count)
        .mapToObj(i -> element)
        .collect(Collectors.joining(",", "[", "]"));
  }
}
