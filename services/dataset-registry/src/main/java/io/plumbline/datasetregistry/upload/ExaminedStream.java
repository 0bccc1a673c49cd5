package io.plumbline.datasetregistry.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose bytes are examined as they are read. */
public abstract class ExaminedStream extends FilterInputStream {

  protected ExaminedStream(InputStream in) {
    super(in);
  }

  /** Examines the bytes that were read. An exception ends the reading. */
  protected abstract void examine(byte[] bytes, int offset, int length) throws IOException;

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = in.read(target, offset, length);
    if (read > 0) {
      examine(target, offset, read);
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
}
