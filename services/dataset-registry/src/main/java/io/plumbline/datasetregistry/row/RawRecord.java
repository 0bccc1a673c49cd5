package io.plumbline.datasetregistry.row;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read.
 *
 * @param row from 1
 * @param line that it begins on, from 1; 0 when it has none
 * @param file of an archive that it is; absent where the upload is one file
 * @param fields by column or member, in order; CSV gives strings, JSON any value but null
 */
public record RawRecord(long row, long line, @Nullable String file, Map<String, Object> fields) {

  public RawRecord(long row, long line, Map<String, Object> fields) {
    this(row, line, null, fields);
  }

  /** What is wrong with it. */
  public RowProblem problem(
      RowProblem.Code code, @Nullable String field, String reason, String remedy) {
    return new RowProblem(code, row, line, file, field, reason, remedy);
  }
}
