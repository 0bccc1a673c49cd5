package io.plumbline.datasetregistry.upload;

import io.plumbline.datasetregistry.row.RowProblem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that counts the bytes that are read and throws a fault beyond a limit. */
final class BoundedStream extends FilterInputStream {

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
  public int read() throws IOException {
    int b = in.read();
    if (b >= 0) {
      countBytes(1);
    }
    return b;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = in.read(target, offset, length);
    if (read > 0) {
      countBytes(read);
    }
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    throw new IOException("An upload cannot be skipped");
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void countBytes(int bytes) throws UploadFault {
    count += bytes;
    if (count > limit) {
      throw new UploadFault(
          RowProblem.Code.TOO_LARGE,
          "has a " + what + " of more than " + limit + " bytes",
          "Split it into several versions or sample it");
    }
  }
}
