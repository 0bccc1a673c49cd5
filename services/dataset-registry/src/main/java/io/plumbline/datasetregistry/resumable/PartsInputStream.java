package io.plumbline.datasetregistry.resumable;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/** A stream of the bytes of an upload. It reads part by part, with one part open at a time. */
final class PartsInputStream extends InputStream {

  /** Opens a part. */
  @FunctionalInterface
  interface PartStore {
    InputStream open(UUID part) throws IOException;
  }

  private final Iterator<UUID> rest;
  private final PartStore store;
  private InputStream part = InputStream.nullInputStream();

  PartsInputStream(List<UUID> parts, PartStore store) {
    this.rest = parts.iterator();
    this.store = store;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = part.read(target, offset, length);
    while (read < 0 && rest.hasNext()) {
      part.close();
      part = store.open(rest.next());
      read = part.read(target, offset, length);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    part.close();
  }
}
