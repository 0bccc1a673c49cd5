package io.plumbline.datasetregistry.upload;

import java.io.InputStream;

/**
 * A stream that searches for the record that ends every zip archive (APPNOTE 4.3.16). An archive
 * without it is truncated.
 */
final class ZipEndStream extends ExaminedStream {

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
  protected void examine(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      count++;
      last = last << 8 | (bytes[i] & 0xff);
      if (last == SIGNATURE) {
        found = count;
      }
    }
  }
}
