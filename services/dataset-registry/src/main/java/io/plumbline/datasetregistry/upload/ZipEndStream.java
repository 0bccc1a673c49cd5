package io.plumbline.datasetregistry.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that searches for the record that ends every zip archive (APPNOTE 4.3.16). An archive
 * without it is truncated.
 */
final class ZipEndStream extends FilterInputStream {

  private static final int SIGNATURE = 0x504b0506;

  /** The bytes of the record with the longest comment, from its signature on. */
  private static final int MAX_RECORD = 22 + 65_535;

  private int last;
  private long count;
  private long found;

  ZipEndStream(InputStream archive) {
    super(archive);
  }

  /**
   * Returns whether the stream ended with the record. The result is valid once the whole stream was
   * read.
   */
  boolean hasEndRecord() {
    return found > 0 && count - found <= MAX_RECORD;
  }

  @Override
  public int read() throws IOException {
    int b = in.read();
    if (b >= 0) {
      examine(b);
    }
    return b;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = in.read(target, offset, length);
    for (int i = offset; i < offset + read; i++) {
      examine(target[i] & 0xff);
    }
    return read;
  }

  private void examine(int b) {
    count++;
    last = last << 8 | b;
    if (last == SIGNATURE) {
      found = count;
    }
  }
}
