package io.plumbline.datasetregistry.upload;

import io.plumbline.datasetregistry.row.RawRecord;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records of an upload, one after the other. */
interface RecordReader {

  /**
   * Returns the next record, or null at the end.
   *
   * @throws UploadFault when the text is not a record; nothing can be read after it
   */
  @Nullable RawRecord next() throws IOException;
}
