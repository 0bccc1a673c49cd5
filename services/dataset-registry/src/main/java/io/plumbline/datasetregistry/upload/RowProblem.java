package io.plumbline.datasetregistry.upload;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A fault of an upload, its place, and what to do. Never quotes more of the upload than a column's
 * name: its values may be personal.
 *
 * @param row the record's number, from 1, the header not counted; 0 for the header or the file as a
 *     whole
 * @param line the line it begins on, from 1; 0 when unknown
 * @param field the column or member; absent when the record as a whole is wrong
 */
public record RowProblem(
    Code code, long row, long line, @Nullable String field, String reason, String remedy) {

  /** Kinds of fault; the first four concern the bytes, the others the rows. */
  public enum Code {
    TOO_LARGE,
    NOT_GZIP,
    ENCODING,
    SYNTAX,
    MISSING_COLUMN,
    MISSING_VALUE,
    WRONG_TYPE,
    UNKNOWN_LABEL,
    EMPTY;

    public boolean aboutRows() {
      return compareTo(MISSING_COLUMN) >= 0;
    }

    public String slug() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** {@code row 17 (line 42), field "label"} */
  public String place() {
    String at =
        row > 0
            ? "row " + row + (line > 0 ? " (line " + line + ")" : "")
            : line > 0 ? "line " + line : "the file";
    return field == null ? at : at + ", field \"" + field + "\"";
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
