package io.plumbline.datasetregistry.quality;

import io.plumbline.platform.similarity.MinHash;
import io.plumbline.platform.similarity.Units;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The units of texts in a temporary file, to be read again from the beginning as often as needed.
 */
final class UnitFile implements AutoCloseable {

  /** Several of the longest texts. */
  private static final int BUFFER = 8 * Integer.BYTES * MinHash.MOST_WORDS;

  private final FileChannel file;
  private final ByteBuffer written = ByteBuffer.allocate(BUFFER);
  private int texts;

  UnitFile(Path directory) throws IOException {
    Path path = Files.createTempFile(directory, "plumbline-dataset-units-", ".tmp");
    file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /**
   * @param units at most {@value MinHash#MOST_WORDS}
   */
  void add(Units units) throws IOException {
    if (written.remaining() < Integer.BYTES * (units.count() + 1)) {
      flush();
    }
    written.putInt(units.count());
    written.asIntBuffer().put(units.hashes());
    written.position(written.position() + Integer.BYTES * units.count());
    texts++;
  }

  private void flush() throws IOException {
    written.flip();
    while (written.hasRemaining()) {
      file.write(written, file.size());
    }
    written.clear();
  }

  int size() {
    return texts;
  }

  /** Reads the texts that were added before, in their order. */
  Reader reader() throws IOException {
    flush();
    return new Reader();
  }

  final class Reader {

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private long position;

    Units next() throws IOException {
      int[] hashes = new int[filled(Integer.BYTES).getInt()];
      filled(Integer.BYTES * hashes.length).asIntBuffer().get(hashes);
      buffer.position(buffer.position() + Integer.BYTES * hashes.length);
      return new Units(hashes);
    }

    private ByteBuffer filled(int bytes) throws IOException {
      if (buffer.remaining() < bytes) {
        buffer.compact();
        while (buffer.position() < bytes) {
          int read = file.read(buffer, position);
          if (read < 0) {
            throw new EOFException();
          }
          position += read;
        }
        buffer.flip();
      }
      return buffer;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
