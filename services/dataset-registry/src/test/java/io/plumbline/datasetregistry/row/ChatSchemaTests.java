package io.plumbline.datasetregistry.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.datasetregistry.upload.Format;
import io.plumbline.datasetregistry.upload.StandardLimits;
import io.plumbline.datasetregistry.upload.Upload;
import io.plumbline.datasetregistry.upload.UploadFault;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.prompttemplate.rendering.Conversation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatSchemaTests {

  private static final String USER = "{\"role\":\"user\",\"content\":\"Hello\"}";

  @TempDir Path directory;

  /** Reads lines as the projects document them, and compares the items that they become. */
  @ParameterizedTest
  @ValueSource(strings = {"own", "openai-fine-tuning", "openai-evals", "langfuse", "mlflow"})
  void reads_the_shapes_of_lines(String name) throws IOException {
    Path written = directory.resolve("items");
    try (ItemFile.Writer writer = new ItemFile.Writer(written)) {
      for (RecordSchema.Checked row : read(resource(name + ".jsonl"))) {
        assertThat(row).isInstanceOf(RecordSchema.Accepted.class);
        if (row instanceof RecordSchema.Accepted accepted) {
          writer.write(new Item("-", accepted.input(), accepted.expected(), accepted.metadata()));
        }
      }
    }
    assertThat(Files.readString(written).replace("\"itemId\":\"-\",", ""))
        .isEqualTo(resource(name + ".items.jsonl"));
  }

  @Test
  void texts_are_composed_and_have_bare_line_feeds_wherever_they_stand() throws IOException {
    RecordSchema.Accepted row =
        accepted(
            """
            {"input":{"messages":[{"role":"system","content":"a\\r\\nb"},
             {"role":"user","content":"e\\u0301"}]},
             "expected":{"references":["e\\u0301\\r"],"toolCalls":[{"name":"f","arguments":{"x":"e\\u0301"}}]}}
            """);

    assertThat(row.input().text()).isEqualTo("a\nb\né");
    assertThat(row.expected().references()).containsExactly("é\n");
    assertThat(row.expected().toolCalls().getFirst().arguments().path("x").asString())
        .isEqualTo("é");
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "/chat/faults.txt",
      delimiter = '|',
      quoteCharacter = '`',
      maxCharsPerColumn = 1_000)
  void names_line_and_field_of_what_is_wrong(String line, String field, String reason) {
    RowProblem problem =
        refused(
            "{\"input\":["
                + USER
                + "]}\n"
                + line.replace("USER", USER)
                    .replace("TOOL", "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}"));

    assertThat(problem.place()).isEqualTo("row 2 (line 2), field \"" + field + "\"");
    assertThat(problem.reason()).startsWith(reason);
    assertThat(problem.remedy()).isNotBlank();
  }

  @Test
  void shows_a_line_that_works_when_nothing_of_one_is_there() {
    assertThat(refused("{\"prompt\":\"a\"}").sentence())
        .isEqualTo(
            "Row 1 (line 1), field \"input\" is missing, and so is messages. Write a line such as "
                + ChatSchema.EXAMPLE
                + ".");
  }

  @Test
  void bounds_what_is_many_or_long() {
    String many = "a".repeat(100_001);
    assertThat(limit("\"references\":" + list(21, "\"a\"")))
        .isEqualTo("field \"expected.references\" has 21 references, more than 20");
    assertThat(limit("\"references\":[\"" + many + "\"]"))
        .isEqualTo("field \"expected.references[0]\" is longer than 100,000 characters");
    assertThat(limit("\"rubric\":\"" + "a".repeat(10_001) + "\""))
        .isEqualTo("field \"expected.rubric\" is longer than 10,000 characters");
    assertThat(limit("\"toolCalls\":" + list(21, "{\"name\":\"f\",\"arguments\":{}}")))
        .isEqualTo("field \"expected.toolCalls\" has 21 tool calls, more than 20");
    assertThat(reason(refused("{\"input\":" + list(Conversation.MAX_MESSAGES + 1, USER) + "}")))
        .isEqualTo("field \"input\" must have at most 2000 messages");
    assertThat(
            reason(
                refused(
                    "{\"input\":{\"messages\":["
                        + USER
                        + "],\"tools\":"
                        + list(129, "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}")
                        + "}}")))
        .isEqualTo("field \"input.tools\" has 129 tools, more than 128");
    assertThat(refused("{\"input\":[" + USER + "],\"" + "n".repeat(900) + "\\u0000\":1}").field())
        .isNull();
  }

  @Test
  void deep_lines_end_the_upload_and_deep_arguments_their_line() {
    UploadFault deep =
        catchThrowableOfType(
            UploadFault.class,
            () ->
                spool(
                    "{\"input\":["
                        + USER
                        + "],\"m\":"
                        + "[".repeat(100_000)
                        + "]".repeat(100_000)
                        + "}"));
    assertThat(deep.problem().reason()).contains("nest 32 deep");
    String arguments = "{\\\"a\\\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    String call =
        "{\"role\":\"assistant\",\"tool_calls\":[{\"type\":\"function\",\"function\":"
            + "{\"name\":\"f\",\"arguments\":\""
            + arguments
            + "\"}}]}";
    assertThat(refused("{\"messages\":[" + USER + "," + call + "]}").field())
        .isEqualTo("messages[1].tool_calls[0].function.arguments");
    // In an earlier message the call is history, whose arguments need not be valid.
    assertThat(refusals("{\"messages\":[" + USER + "," + call + "," + USER + "]}")).isEmpty();
  }

  private String limit(String expected) {
    return reason(
        refused("{\"input\":{\"messages\":[" + USER + "]},\"expected\":{" + expected + "}}"));
  }

  private static String reason(RowProblem problem) {
    return "field \"%s\" %s".formatted(problem.field(), problem.reason());
  }

  private static String list(int count, String element) {
    return IntStream.range(0, count)
        .mapToObj(i -> element)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private RowProblem refused(String lines) {
    return refusals(lines).getFirst();
  }

  private List<RowProblem> refusals(String lines) {
    try {
      spool(lines);
      return List.of();
    } catch (Upload.RowsRefused refused) {
      return refused.problems();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void spool(String lines) throws IOException {
    try (OutputStream copy = Files.newOutputStream(directory.resolve("spool"))) {
      Upload.spool(
          bytes(lines), false, Format.JSON_LINES, new ChatSchema(), StandardLimits.LIMITS, copy);
    }
  }

  private RecordSchema.Accepted accepted(String line) throws IOException {
    return (RecordSchema.Accepted) read(line.replace("\n", "")).getFirst();
  }

  private List<RecordSchema.Checked> read(String lines) throws IOException {
    List<RecordSchema.Checked> rows = new ArrayList<>();
    try (Upload upload =
        Upload.of(
            bytes(lines),
            Format.JSON_LINES,
            new ChatSchema(),
            null,
            StandardLimits.LIMITS,
            directory)) {
      for (RecordSchema.Checked row = upload.next(); row != null; row = upload.next()) {
        rows.add(row);
      }
    }
    return Collections.unmodifiableList(rows);
  }

  private static InputStream bytes(String lines) {
    return new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ChatSchemaTests.class.getResourceAsStream("/chat/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
