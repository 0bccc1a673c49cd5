package io.plumbline.datasetregistry.row;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read.
 *
 * @param row the number of the record, from 1
 * @param line the line that it begins on, from 1; 0 when it has none
 * @param file the file of an archive that it is read from; absent if the upload is one file
 * @param fields values by column or member, in order; CSV gives strings, JSON any value but null
 */
public record RawRecord(long row, long line, @Nullable String file, Map<String, Object> fields) {

  public RawRecord(long row, long line, Map<String, Object> fields) {
    this(row, line, null, fields);
  }

  /** Returns a problem at the place of this record. */
  public RowProblem newProblem(
      RowProblem.Code code, @Nullable String field, String reason, String remedy) {
    return new RowProblem(code, row, line, file, field, reason, remedy);
  }
}
