package io.plumbline.datasetregistry.row;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A fault of an upload, with its place and remedy. It never quotes more of the upload than the name
 * of a column or the id of a document, because values may be personal.
 *
 * @param row the record's number, from 1, the header not counted; 0 for the header or the file as a
 *     whole
 * @param line the line that the record begins on, from 1; 0 when unknown
 * @param file the file in the archive; absent if the upload is one file
 * @param field the column or member; absent when the record as a whole is wrong
 */
public record RowProblem(
    Code code,
    long row,
    long line,
    @Nullable String file,
    @Nullable String field,
    String reason,
    String remedy) {

  public RowProblem(
      Code code, long row, long line, @Nullable String field, String reason, String remedy) {
    this(code, row, line, null, field, reason, remedy);
  }

  /** The kinds of fault. The first four concern the bytes, the others the rows. */
  public enum Code {
    TOO_LARGE,
    NOT_GZIP,
    ENCODING,
    SYNTAX,
    MISSING_COLUMN,
    MISSING_VALUE,
    WRONG_TYPE,
    UNKNOWN_LABEL,
    EMPTY,
    DUPLICATE,
    UNKNOWN_DOCUMENT;

    public boolean isRowProblem() {
      return compareTo(MISSING_COLUMN) >= 0;
    }

    public String slug() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Returns the place of the fault, such as {@code row 17 (line 42), field "label"}, or {@code file
   * "rules/returns.md"} in an archive.
   */
  public String place() {
    return field == null ? recordPlace() : recordPlace() + ", field \"" + field + "\"";
  }

  private String recordPlace() {
    if (file != null) {
      return "file \"" + file + "\"";
    }
    if (row > 0) {
      return "row " + row + (line > 0 ? " (line " + line + ")" : "");
    }
    return line > 0 ? "line " + line : "the file";
  }

  public String sentence() {
    String place = place();
    return Character.toUpperCase(place.charAt(0))
        + place.substring(1)
        + " "
        + reason
        + ". "
        + remedy
        + ".";
  }
}
