package io.plumbline.datasetregistry.upload;

import io.plumbline.datasetregistry.row.RecordSchema;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of an upload, checked one after the other. */
@FunctionalInterface
interface CheckedRows extends AutoCloseable {

  /**
   * Returns the next row, or null at the end.
   *
   * @throws UploadFault when the bytes are at fault; nothing can be read after it
   */
  RecordSchema.@Nullable Checked next() throws IOException;

  /** Releases what the rows hold. The code that opened the underlying stream closes that. */
  @Override
  default void close() throws IOException {}
}
