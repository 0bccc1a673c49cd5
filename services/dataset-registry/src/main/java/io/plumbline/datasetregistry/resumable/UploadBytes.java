package io.plumbline.datasetregistry.resumable;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/** The bytes of an upload, part by part, of which one is open at a time. */
final class UploadBytes {

  private UploadBytes() {}

  /** Opens a part. */
  @FunctionalInterface
  interface Parts {
    InputStream open(UUID part) throws IOException;
  }

  static InputStream of(List<UUID> parts, Parts store) {
    Iterator<UUID> ids = parts.iterator();
    return new SequenceInputStream(
        new Enumeration<>() {
          @Override
          public boolean hasMoreElements() {
            return ids.hasNext();
          }

          @Override
          public InputStream nextElement() {
            return new OpenedLate(ids.next(), store);
          }
        });
  }

  /** {@link SequenceInputStream} asks for the next part where no exception may leave. */
  private static final class OpenedLate extends InputStream {

    private final UUID part;
    private final Parts store;
    private InputStream opened = InputStream.nullInputStream();
    private boolean isOpen;

    OpenedLate(UUID part, Parts store) {
      this.part = part;
      this.store = store;
    }

    private InputStream opened() throws IOException {
      if (!isOpen) {
        opened = store.open(part);
        isOpen = true;
      }
      return opened;
    }

    @Override
    public int read() throws IOException {
      return opened().read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return opened().read(target, offset, length);
    }

    @Override
    public void close() throws IOException {
      opened.close();
    }
  }
}
