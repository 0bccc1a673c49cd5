package io.plumbline.datasetregistry.upload;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of an upload, one after the other. */
interface Records {

  /**
   * @param fields by column or member, in order; CSV gives strings, JSON any value but null
   */
  record RawRecord(long row, long line, Map<String, Object> fields) {}

  /**
   * The next record, or null at the end.
   *
   * @throws UploadFault when the text is no record; nothing can be read after it
   */
  @Nullable RawRecord next() throws IOException;
}
