package io.plumbline.datasetregistry.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.datasetregistry.row.LabelledTextSchema;
import io.plumbline.datasetregistry.row.RawRecord;
import io.plumbline.datasetregistry.row.RecordSchema;
import io.plumbline.datasetregistry.row.RowProblem;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class UploadTests {

  private static final RecordSchema SCHEMA =
      new LabelledTextSchema("text", "label", Set.of("ham", "spam"));

  @TempDir Path directory;

  private Upload.Spooled spool(InputStream body, boolean gzip, Format format) throws IOException {
    return spool(body, gzip, format, StandardLimits.LIMITS);
  }

  private Upload.Spooled spool(InputStream body, boolean gzip, Format format, UploadLimits limits)
      throws IOException {
    try (OutputStream copy = Files.newOutputStream(directory.resolve("spool"))) {
      return Upload.spool(body, gzip, format, SCHEMA, limits, copy);
    }
  }

  private Upload.Spooled spool(String body, Format format) throws IOException {
    return spool(bytes(body), false, format);
  }

  private static InputStream bytes(String body) {
    return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
  }

  private RowProblem fault(InputStream body, boolean gzip, Format format) {
    return catchThrowableOfType(UploadFault.class, () -> spool(body, gzip, format)).problem();
  }

  private List<RowProblem> refused(String body, Format format) {
    return catchThrowableOfType(Upload.RowsRefused.class, () -> spool(body, format)).problems();
  }

  private List<RecordSchema.Checked> read(String body, Format format) throws IOException {
    List<RecordSchema.Checked> rows = new ArrayList<>();
    try (Upload upload =
        Upload.of(bytes(body), format, SCHEMA, null, StandardLimits.LIMITS, Path.of("nowhere"))) {
      for (RecordSchema.Checked row = upload.next(); row != null; row = upload.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static RecordSchema.Accepted row(
      String text, String label, Map<String, Object> metadata) {
    return new RecordSchema.Accepted(Input.ofText(text), Expected.ofLabel(label), metadata);
  }

  /** The rules 1 to 7 of RFC 4180 section 2. */
  @Test
  void reads_csv_by_rfc_4180() throws IOException {
    assertThat(
            read(
                "\ufefftext,label,x\r\n\"a \"\"b\"\", c\r\nd\",ham,\r\n plain ,spam,1", Format.CSV))
        .containsExactly(
            row("a \"b\", c\nd", "ham", Map.of("x", "")), row(" plain ", "spam", Map.of("x", "1")));
  }

  @Test
  void reads_json_lines_with_any_metadata() throws IOException {
    String lines =
        """
        {"text":"e\\u0301","label":"ham","n":1,"m":{"a":[true,null]}}

        {"label":"spam","text":"","z":null}
        """;
    assertThat(read(lines, Format.JSON_LINES))
        .containsExactly(
            row("é", "ham", Map.of("n", 1, "m", Map.of("a", Arrays.asList(true, null)))),
            row("", "spam", Map.of()));
  }

  @Test
  void a_labelled_text_has_variables_in_a_member_or_in_columns() throws IOException {
    RecordSchema.Accepted gold =
        new RecordSchema.Accepted(
            Input.ofText("a")
                .withVariables(JsonMapper.shared().createObjectNode().put("tier", "gold")),
            Expected.ofLabel("ham"),
            Map.of("x", "1"));
    assertThat(read("text,label,variables.tier,x\na,ham,gold,1\nb,ham,,2\n", Format.CSV))
        .containsExactly(gold, row("b", "ham", Map.of("x", "2")));
    assertThat(read("text,label,variables\na,ham,several\n", Format.CSV))
        .containsExactly(row("a", "ham", Map.of("variables", "several")));
    assertThat(
            read(
                """
                {"text":"a","label":"ham","variables":{"tier":"gold"},"x":"1"}
                {"text":"a","label":"ham","plumbline_variables":{"tier":"gold"},"x":"1"}
                """,
                Format.JSON_LINES))
        .containsExactly(gold, gold);
    assertThat(
            refused("{\"text\":\"a\",\"label\":\"ham\",\"variables\":[7]}", Format.JSON_LINES)
                .getFirst()
                .sentence())
        .isEqualTo(
            "Row 1 (line 1), field \"variables\" is not an object. Write it as"
                + " {\"tier\":\"gold\"}, or give the member another name where it means something"
                + " else.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text,label\na\"b,ham\n",
        "text,label\n\"a\"b,ham\n",
        "text,label\n\"a,ham\n",
        "text,label\na,ham,c\n",
        "text,text\n",
        "text,,label\na,b,c\n"
      })
  void refuses_malformed_csv(String csv) {
    assertThat(fault(bytes(csv), false, Format.CSV).code()).isEqualTo(RowProblem.Code.SYNTAX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "{\"text\":\"a\",\"text\":\"b\"}",
        "{\"text\":\"a\"} {}",
        "\"a\"",
        "{'text':'a'}",
        "nope",
        "{\"text\":NaN}"
      })
  void refuses_malformed_json_lines(String line) {
    RowProblem problem =
        fault(
            bytes("{\"text\":\"a\",\"label\":\"ham\"}\n" + line + "\n"), false, Format.JSON_LINES);
    assertThat(List.of(problem.code(), problem.row(), problem.line()))
        .isEqualTo(List.of(RowProblem.Code.SYNTAX, 2L, 2L));
  }

  @Test
  void refuses_deep_json() {
    String deep =
        "{\"text\":\"a\",\"label\":\"ham\",\"m\":"
            + "[".repeat(100_000)
            + "]".repeat(100_000)
            + "}";
    assertThat(fault(bytes(deep), false, Format.JSON_LINES).reason()).contains("nest 32 deep");
  }

  /** Malformed sequences of the Unicode Standard, table 3-7, and of RFC 3629 section 10. */
  @Test
  void refuses_what_is_not_utf8_and_names_the_byte() {
    List<byte[]> malformed =
        List.of(
            new byte[] {(byte) 0xc0, (byte) 0x80},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {(byte) 0xf5, 0},
            new byte[] {(byte) 0xe2, (byte) 0x82},
            new byte[] {(byte) 0xff},
            "café".getBytes(StandardCharsets.ISO_8859_1));
    for (byte[] bad : malformed) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes("text,label\nok,ham\n".getBytes(StandardCharsets.UTF_8));
      body.writeBytes(bad);
      RowProblem problem = fault(new ByteArrayInputStream(body.toByteArray()), false, Format.CSV);
      assertThat(problem.code()).isEqualTo(RowProblem.Code.ENCODING);
      assertThat(problem.reason()).containsPattern("byte (19|20|22)");
    }
  }

  @Test
  void refuses_nul_and_utf_16() {
    assertThat(
            fault(
                    new ByteArrayInputStream("text,label\n".getBytes(StandardCharsets.UTF_16)),
                    false,
                    Format.CSV)
                .code())
        .isEqualTo(RowProblem.Code.ENCODING);
    assertThat(
            refused("{\"text\":\"a\\u0000b\",\"label\":\"ham\"}", Format.JSON_LINES)
                .getFirst()
                .code())
        .isEqualTo(RowProblem.Code.ENCODING);
    assertThat(
            refused("{\"text\":\"a\\ud800\",\"label\":\"ham\"}", Format.JSON_LINES)
                .getFirst()
                .code())
        .isEqualTo(RowProblem.Code.ENCODING);
    assertThat(
            refused("{\"text\":\"a\",\"label\":\"ham\",\"more\":1e999999999}", Format.JSON_LINES)
                .getFirst()
                .reason())
        .contains("number");
  }

  /**
   * An event carries all labels of a version, and JSON takes six bytes for each control character.
   */
  @ParameterizedTest
  @ValueSource(strings = {"\\u0001", "\\u0007", "\\t", "\\u007f", "\\u0085"})
  void refuses_control_characters_in_labels_whether_they_are_declared_or_not(String control) {
    String line = "{\"text\":\"a\",\"label\":\"ha" + control + "m\"}";

    assertThat(refused(line, Format.JSON_LINES).getFirst().sentence())
        .startsWith("Row 1 (line 1), field \"label\" has the control character U+00")
        .endsWith(" as character 3. Use printable names as labels.");
    assertThat(
            new LabelledTextSchema("text", "label", Set.of())
                .check(new RawRecord(1, 1, Map.of("text", "a", "label", "ha\u0007m"))))
        .isInstanceOf(RecordSchema.Refused.class);
  }

  @Test
  void names_the_missing_column_the_unknown_label_and_the_wrong_type() {
    assertThat(refused("body,label\na,ham\n", Format.CSV))
        .containsExactly(
            new RowProblem(
                RowProblem.Code.MISSING_COLUMN,
                0,
                1,
                "text",
                "is missing from the header [body, label]",
                "Name the column as the dataset does"));
    assertThat(refused("text,label\na,ham\nb,eggs\n", Format.CSV).getFirst().sentence())
        .isEqualTo(
            "Row 2 (line 3), field \"label\" is not one of the dataset's labels [ham, spam]."
                + " Correct the label, or declare it in the dataset.");
    assertThat(refused("{\"text\":5,\"label\":\"ham\"}", Format.JSON_LINES).getFirst().code())
        .isEqualTo(RowProblem.Code.WRONG_TYPE);
    assertThat(refused("{\"text\":\"a\",\"label\":\"\"}", Format.JSON_LINES).getFirst().code())
        .isEqualTo(RowProblem.Code.MISSING_VALUE);
  }

  @Test
  void refuses_empty_uploads() {
    assertThat(fault(bytes(""), false, Format.CSV).code()).isEqualTo(RowProblem.Code.EMPTY);
    assertThat(fault(bytes("text,label\n"), false, Format.CSV).code())
        .isEqualTo(RowProblem.Code.EMPTY);
    assertThat(fault(bytes("\n\n"), false, Format.JSON_LINES).code())
        .isEqualTo(RowProblem.Code.EMPTY);
  }

  @Test
  void stops_a_gzip_bomb_after_a_few_megabytes() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write("text,label\n".getBytes(StandardCharsets.UTF_8));
      byte[] rows = "a,ham\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 500; i++) {
        gzip.write(rows);
      }
    }
    RowProblem problem = fault(new ByteArrayInputStream(bomb.toByteArray()), true, Format.CSV);
    assertThat(problem.sentence())
        .isEqualTo(
            "The file decompresses to more than 100 times its size. Send it without compression.");
    assertThat(Files.size(directory.resolve("spool"))).isLessThan(4 << 20);
  }

  @Test
  void reads_gzip_and_refuses_what_only_claims_to_be() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("text,label\nhello,ham\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(spool(new ByteArrayInputStream(packed.toByteArray()), true, Format.CSV))
        .isEqualTo(new Upload.Spooled(21, 1));
    byte[] cut = Arrays.copyOf(packed.toByteArray(), packed.size() - 6);
    assertThat(fault(new ByteArrayInputStream(cut), true, Format.CSV).code())
        .isEqualTo(RowProblem.Code.NOT_GZIP);
    assertThat(fault(bytes("text,label\n"), true, Format.CSV).code())
        .isEqualTo(RowProblem.Code.NOT_GZIP);
  }

  /**
   * The reading of a gigabyte without a line end stops at the limit of a record in both formats,
   * not at the end of the input.
   */
  @Test
  void leaves_a_line_of_a_gigabyte_early() {
    for (Format format : List.of(Format.CSV, Format.JSON_LINES)) {
      Endless line =
          new Endless(format == Format.CSV ? "text,label\n\"" : "{\"text\":\"", 1L << 30);
      RowProblem problem = fault(line, false, format);
      assertThat(List.of(problem.code(), problem.row()))
          .isEqualTo(List.of(RowProblem.Code.TOO_LARGE, 1L));
      assertThat(line.given).isLessThan(4L << 20);
    }
  }

  @Test
  void bounds_the_body() {
    UploadLimits small =
        new UploadLimits(DataSize.ofKilobytes(1), DataSize.ofKilobytes(1), 100, 1_000, 10, 4, 4, 4);
    assertThatThrownBy(() ->
            spool(bytes("text,label\n" + "abcdefgh,ham\n".repeat(200)), false, Format.CSV, small))
        .isInstanceOf(UploadFault.class)
        .hasMessageContaining("more than 1024 bytes");
    assertThatThrownBy(
            () -> spool(bytes("text,label\n" + "a,ham\n".repeat(20)), false, Format.CSV, small))
        .isInstanceOf(UploadFault.class)
        .hasMessageContaining("more than 10 rows");
  }

  /** A stream of a start, followed by the letter a over and over. */
  private static final class Endless extends InputStream {
    private final byte[] start;
    private final long size;
    private long given;

    Endless(String start, long size) {
      this.start = start.getBytes(StandardCharsets.UTF_8);
      this.size = size;
    }

    @Override
    public int read() {
      return given == size ? -1 : given < start.length ? start[(int) given++] : next();
    }

    private int next() {
      given++;
      return 'a';
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = 0;
      for (int b = read(); b >= 0; b = count < length ? read() : -1) {
        target[offset + count++] = (byte) b;
      }
      return count == 0 ? -1 : count;
    }
  }
}
