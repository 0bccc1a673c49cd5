package io.plumbline.datasetregistry.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class DocumentSchemaTests {

  private static final Lines LINES = new Lines(new DocumentSchema());

  @Test
  void reads_documents_and_what_stands_beside_them() throws IOException {
    assertThat(LINES.items(Lines.resource("/documents/own.jsonl")))
        .isEqualTo(Lines.resource("/documents/own.items.jsonl"));
  }

  @Test
  void the_example_is_a_document() throws IOException {
    assertThat(LINES.problems(DocumentSchema.EXAMPLE)).isEmpty();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/documents/faults.txt", delimiter = '|', quoteCharacter = '\1')
  void says_what_is_wrong_where_and_what_to_do(String line, String field, String reason)
      throws IOException {
    RowProblem problem =
        LINES
            .problems("{\"document\":{\"documentId\":\"first\",\"text\":\"a\"}}\n" + line)
            .getFirst();

    assertThat(problem.place()).isEqualTo("row 2 (line 2), field \"" + field + "\"");
    assertThat(problem.reason()).startsWith(reason);
    assertThat(problem.remedy()).isNotBlank();
  }

  @Test
  void an_id_that_is_there_twice_is_named_with_both_lines_among_any_number_of_others()
      throws IOException {
    StringBuilder lines = new StringBuilder("\n");
    for (int i = 0; i < 1_000; i++) {
      lines.append(document("d" + i, "text")).append('\n');
    }
    lines.append(document("d300", "another text"));
    List<RecordSchema.Checked> rows = LINES.read(lines.toString());

    assertThat(rows.subList(0, 1_000)).allMatch(RecordSchema.Accepted.class::isInstance);
    assertThat(rows.getLast())
        .isInstanceOfSatisfying(
            RecordSchema.Refused.class,
            refused ->
                assertThat(refused.problem().sentence())
                    .startsWith(
                        "Row 1001 (line 1002), field \"document.documentId\" is also that of the"
                            + " document on line 302. "));
  }

  @Test
  void bounds_what_is_long() throws IOException {
    String many = "a".repeat(1_000_001);
    assertThat(LINES.problems(document("a", many)).getFirst().sentence())
        .contains("\"document.text\" is longer than 1,000,000 characters");
    assertThat(LINES.problems(document(many.substring(0, 501), "a")).getFirst().sentence())
        .contains("\"document.documentId\" is longer than 500 characters");
  }

  private static String document(String id, String text) {
    return "{\"document\":{\"documentId\":\"%s\",\"text\":\"%s\"}}".formatted(id, text);
  }
}
