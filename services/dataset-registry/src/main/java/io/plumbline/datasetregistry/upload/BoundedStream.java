package io.plumbline.datasetregistry.upload;

import io.plumbline.datasetregistry.row.RowProblem;
import java.io.InputStream;

/** A stream that counts the bytes that are read and throws a fault beyond a limit. */
final class BoundedStream extends ExaminedStream {

  private final long limit;
  private final String what;
  private long count;

  /**
   * @param what the noun for the content that is too large: {@code body}, {@code decompressed body}
   */
  BoundedStream(InputStream in, long limit, String what) {
    super(in);
    this.limit = limit;
    this.what = what;
  }

  long bytesRead() {
    return count;
  }

  @Override
  protected void examine(byte[] bytes, int offset, int length) throws UploadFault {
    count += length;
    if (count > limit) {
      throw new UploadFault(
          RowProblem.Code.TOO_LARGE,
          "has a " + what + " of more than " + limit + " bytes",
          "Split it into several versions or sample it");
    }
  }
}
