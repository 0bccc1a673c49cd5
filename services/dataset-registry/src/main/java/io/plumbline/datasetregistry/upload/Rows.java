package io.plumbline.datasetregistry.upload;

import io.plumbline.datasetregistry.row.RawRecord;
import io.plumbline.datasetregistry.row.Schema;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of an upload, checked one after the other. */
interface Rows extends AutoCloseable {

  /**
   * Returns the next row, or null at the end.
   *
   * @throws UploadFault when the bytes are at fault; nothing can be read after it
   */
  Schema.@Nullable Checked next() throws IOException;

  @Override
  void close() throws IOException;

  /** Returns the rows of records. */
  static Rows of(Records records, RowChecks checks) {
    return new Rows() {

      @Override
      public Schema.@Nullable Checked next() throws IOException {
        RawRecord raw = records.next();
        return raw == null ? null : checks.check(raw);
      }

      @Override
      public void close() {
        // The code that opened the underlying stream closes it.
      }
    };
  }
}
