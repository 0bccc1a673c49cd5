package io.plumbline.datasetregistry.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.datasetregistry.row.RawRecord;
import io.plumbline.datasetregistry.row.RowProblem;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class CsvRecordsTests {

  private static final UploadLimits SMALL =
      new UploadLimits(DataSize.ofMegabytes(1), DataSize.ofMegabytes(1), 100, 20, 10, 3, 4, 4);

  @Test
  void numbers_records_and_names_the_line_that_each_starts_on() throws IOException {
    assertThat(read("a,b\n1,\"x\ny\"\n\n2,z\n", StandardLimits.LIMITS))
        .containsExactly(
            new RawRecord(1, 2, Map.of("a", "1", "b", "x\ny")),
            new RawRecord(2, 5, Map.of("a", "2", "b", "z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void takes_every_line_end(String end) throws IOException {
    assertThat(read("a,b" + end + "1,2" + end + "3,4", StandardLimits.LIMITS))
        .containsExactly(
            new RawRecord(1, 2, Map.of("a", "1", "b", "2")),
            new RawRecord(2, 3, Map.of("a", "3", "b", "4")));
  }

  @Test
  void skips_a_byte_order_mark_before_a_quoted_header() throws IOException {
    assertThat(read("\ufeff\"a\",b\n1,2", StandardLimits.LIMITS))
        .containsExactly(new RawRecord(1, 2, Map.of("a", "1", "b", "2")));
  }

  @Test
  void a_blank_line_is_a_record_where_there_is_one_column_and_else_skipped() throws IOException {
    assertThat(read("a\n\nx\n", StandardLimits.LIMITS))
        .containsExactly(
            new RawRecord(1, 2, Map.of("a", "")), new RawRecord(2, 3, Map.of("a", "x")));
    assertThat(read("a,b\n\n1,2\n\n", StandardLimits.LIMITS)).hasSize(1);
  }

  @Test
  void names_the_record_of_a_quote_that_is_never_closed() {
    assertThat(fault("a,b\n1,2\n3,\"x\ny\n", StandardLimits.LIMITS))
        .isEqualTo(
            new RowProblem(
                RowProblem.Code.SYNTAX,
                2,
                3,
                null,
                "opens a quote that is never closed",
                "Close it; quotes inside a quoted field are doubled (RFC 4180)"));
  }

  @Test
  void names_the_record_of_text_after_a_closing_quote() {
    assertThat(fault("a,b\n1,2\n\"x\"y,3\n", StandardLimits.LIMITS))
        .isEqualTo(
            new RowProblem(
                RowProblem.Code.SYNTAX,
                2,
                3,
                null,
                "has text after a closing quote",
                "Double quotes that belong to the field (RFC 4180)"));
  }

  @Test
  void names_the_record_of_a_quote_inside_an_unquoted_field() {
    assertThat(fault("a,b\n1,x\"y\n", StandardLimits.LIMITS).sentence())
        .isEqualTo(
            "Row 1 (line 2) has a quote inside an unquoted field. Put the whole field in quotes and"
                + " double those inside (RFC 4180).");
  }

  @Test
  void names_the_record_with_another_number_of_fields() {
    assertThat(fault("a,b\n1,2\n3\n", StandardLimits.LIMITS).sentence())
        .isEqualTo(
            "Row 2 (line 3) has 1 fields where the header has 2. Quote fields that contain commas"
                + " or line breaks.");
  }

  @Test
  void says_that_columns_are_separated_by_commas() {
    assertThat(fault("body;label\nhello;ham\n", StandardLimits.LIMITS).sentence())
        .isEqualTo(
            "Line 1 separates its columns by a semicolon or a tab. Separate them by commas.");
    assertThat(fault("body\tlabel\n", StandardLimits.LIMITS).reason()).contains("a tab");
  }

  @Test
  void names_the_column_of_a_header_that_is_not_unique() {
    assertThat(fault("a,a\n", StandardLimits.LIMITS).sentence())
        .isEqualTo(
            "Line 1, field \"a\" appears twice in the header. Give every column a name of its"
                + " own.");
    assertThat(fault("a,\n", StandardLimits.LIMITS).reason())
        .isEqualTo("has a column without a name");
  }

  @Test
  void bounds_the_columns() {
    assertThat(fault("a,b,c,d\n", SMALL).reason()).isEqualTo("has more than 3 fields");
    assertThat(fault("a,b\n1,2,3,4\n", SMALL).row()).isEqualTo(1);
  }

  @Test
  void bounds_a_record_and_not_only_its_fields() throws IOException {
    assertThat(read("a,b\n1234567890,1234567890\n", SMALL)).hasSize(1);
    RowProblem problem = fault("a,b\n1,2\n12345678901,1234567890\n", SMALL);
    assertThat(List.of(problem.code(), problem.row(), problem.line()))
        .isEqualTo(List.of(RowProblem.Code.TOO_LARGE, 2L, 3L));
  }

  /** The reading must end soon after the limit, not at the end of the input. */
  @Test
  void leaves_an_endless_field_early() {
    for (String start : List.of("a,b\n\"", "a,b\n", "")) {
      EndlessReader endless = new EndlessReader(start);
      UploadFault fault =
          catchThrowableOfType(UploadFault.class, () -> drain(new CsvRecords(endless, SMALL)));
      assertThat(fault.problem().code()).isEqualTo(RowProblem.Code.TOO_LARGE);
      assertThat(endless.given).isLessThan(100_000);
    }
  }

  private static List<RawRecord> read(String csv, UploadLimits limits) throws IOException {
    return drain(new CsvRecords(new StringReader(csv), limits));
  }

  private static List<RawRecord> drain(CsvRecords records) throws IOException {
    List<RawRecord> read = new ArrayList<>();
    for (RawRecord record = records.next(); record != null; record = records.next()) {
      read.add(record);
    }
    return read;
  }

  private static RowProblem fault(String csv, UploadLimits limits) {
    return catchThrowableOfType(UploadFault.class, () -> read(csv, limits)).problem();
  }

  /** A reader of a start, followed by the letter a without an end. */
  private static final class EndlessReader extends Reader {

    private final String start;
    private long given;

    EndlessReader(String start) {
      this.start = start;
    }

    @Override
    public int read(char[] target, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        target[i] = given < start.length() ? start.charAt((int) given) : 'a';
        given++;
      }
      return length;
    }

    @Override
    public void close() {}
  }
}
