package io.plumbline.training.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class RowsTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path directory;

  @Test
  void reads_texts_and_labels_and_numbers_rows_without_an_id() throws IOException {
    assertThat(
            read(
                """
                {"id":"0f","text":"where is my parcel","label":"delivery"}
                {"text":"I was charged twice","label":"payment"}
                """))
        .isEqualTo(
            new Rows(
                List.of("0f", "2"),
                List.of("where is my parcel", "I was charged twice"),
                List.of("delivery", "payment")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\":\"a\",\"label\":\"x\"} {\"text\":\"b\"}"
            + " | Row 2 of the train subset has no text or no label",
        "{\"label\":\"x\"} | Row 1 of the train subset has no text or no label",
        "{\"text\":\"a\",\"label\":\"x\"} [1]"
            + " | Row 2 of the train subset is not a JSON object of strings",
        "{\"text\": | Row 1 of the train subset is not a JSON object of strings"
      })
  void names_the_row_that_cannot_be_used(String content, String message) {
    assertThatThrownBy(() -> read(content)).isInstanceOf(UnusableData.class).hasMessage(message);
  }

  @Test
  void refuses_a_subset_without_rows() {
    assertThatThrownBy(() -> read("")).hasMessage("The train subset has no rows");
  }

  @Test
  void refuses_content_that_does_not_match_its_digest() throws IOException {
    Path file = directory.resolve("rows");
    Files.writeString(file, "{\"text\":\"a\",\"label\":\"x\"}");
    assertThatThrownBy(() ->
            Rows.read("validation", new Assignment.Subset(file, Digest.ofText("other")), JSON))
        .isInstanceOf(UnusableData.class)
        .hasMessage(
            "The validation subset does not match its digest; its blob is damaged, define the"
                + " split again");
  }

  @Test
  void gives_the_class_of_each_row() {
    Rows rows = new Rows(List.of("1", "2", "3"), List.of("a", "b", "c"), List.of("y", "x", "y"));
    assertThat(rows.classes(List.of("x", "y"), "train")).containsExactly(1, 0, 1);
  }

  @Test
  void refuses_a_label_that_was_never_trained() {
    Rows rows = new Rows(List.of("1"), List.of("a"), List.of("z"));
    assertThatThrownBy(() -> rows.classes(List.of("x", "y"), "validation"))
        .isInstanceOf(UnusableData.class)
        .hasMessage("The validation subset has the label 'z', which no training row has");
  }

  private Rows read(String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Path file = directory.resolve("rows");
    Files.write(file, bytes);
    return Rows.read("train", new Assignment.Subset(file, Digest.of(bytes)), JSON);
  }
}
