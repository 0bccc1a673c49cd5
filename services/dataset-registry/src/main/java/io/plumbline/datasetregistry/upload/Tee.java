package io.plumbline.datasetregistry.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A stream that writes the bytes that are read to a copy. */
final class Tee extends ExaminedStream {

  private final OutputStream copy;

  Tee(InputStream in, OutputStream copy) {
    super(in);
    this.copy = copy;
  }

  @Override
  protected void examine(byte[] bytes, int offset, int length) throws IOException {
    copy.write(bytes, offset, length);
  }
}
