package io.plumbline.datasetregistry.quality;

import io.plumbline.platform.similarity.MinHash;
import io.plumbline.platform.similarity.NearPairs;
import io.plumbline.platform.similarity.TokenHashes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The token hashes of texts in a temporary file that is mapped for reading. They take page cache,
 * which the kernel can reclaim, and eight bytes of heap per text.
 */
final class TokenHashFile implements AutoCloseable {

  /** The size of the write buffer in bytes, which holds several of the longest texts. */
  private static final int BUFFER = 8 * Integer.BYTES * MinHash.MAX_WORDS;

  private final Arena arena = Arena.ofShared();
  private final FileChannel file;
  private final ByteBuffer written = ByteBuffer.allocate(BUFFER).order(ByteOrder.nativeOrder());

  /** The index at which the hashes of each text end, counted in hashes. */
  private long[] ends = new long[1 << 10];

  private int texts;

  TokenHashFile(Path directory) throws IOException {
    Path path = Files.createTempFile(directory, "plumbline-dataset-units-", ".tmp");
    file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /**
   * @param text at most {@value MinHash#MAX_WORDS} hashes
   */
  void add(TokenHashes text) throws IOException {
    if (written.remaining() < Integer.BYTES * text.count()) {
      flush();
    }
    written.asIntBuffer().put(text.hashes());
    written.position(written.position() + Integer.BYTES * text.count());
    if (texts == ends.length) {
      ends = Arrays.copyOf(ends, texts * 2);
    }
    ends[texts] = beginOf(texts) + text.count();
    texts++;
  }

  private long beginOf(int text) {
    return text == 0 ? 0 : ends[text - 1];
  }

  private void flush() throws IOException {
    written.flip();
    while (written.hasRemaining()) {
      file.write(written, file.size());
    }
    written.clear();
  }

  /** Returns the texts that were added before. */
  NearPairs.Texts texts() throws IOException {
    flush();
    return new Mapped(file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena), texts);
  }

  private final class Mapped implements NearPairs.Texts {

    private final MemorySegment units;
    private final int size;

    Mapped(MemorySegment units, int size) {
      this.units = units;
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public long units() {
      return beginOf(size);
    }

    @Override
    public TokenHashes text(int number) {
      int[] hashes = new int[(int) (ends[number] - beginOf(number))];
      long from = beginOf(number) * Integer.BYTES;
      MemorySegment.copy(units, ValueLayout.JAVA_INT, from, hashes, 0, hashes.length);
      return new TokenHashes(hashes);
    }
  }

  @Override
  public void close() throws IOException {
    arena.close();
    file.close();
  }
}
