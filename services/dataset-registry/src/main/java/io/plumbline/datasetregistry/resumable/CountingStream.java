package io.plumbline.datasetregistry.resumable;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Counts the bytes that arrive. A bound on the count may throw to end the reading. */
final class CountingStream extends FilterInputStream {

  private final LongConsumer bound;
  private long read;

  CountingStream(InputStream body, LongConsumer bound) {
    super(body);
    this.bound = bound;
  }

  @Override
  public int read() throws IOException {
    int b = in.read();
    countBytes(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int bytes = in.read(target, offset, length);
    countBytes(Math.max(0, bytes));
    return bytes;
  }

  private void countBytes(int bytes) {
    read += bytes;
    bound.accept(read);
  }
}
