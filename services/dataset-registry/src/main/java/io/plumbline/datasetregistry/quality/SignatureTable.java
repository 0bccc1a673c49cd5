package io.plumbline.datasetregistry.quality;

import io.plumbline.platform.similarity.MinHash;
import io.plumbline.platform.similarity.NormalText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys and signatures of distinct texts while a version is measured, half a kilobyte each. They
 * are in a mapped temporary file: a million rows then take page cache, which the kernel can
 * reclaim, instead of heap.
 */
final class SignatureTable implements AutoCloseable {

  private static final int KEY_HIGH = 0;
  private static final int KEY_LOW = 8;
  private static final int SIGNATURE = 16;
  private static final int RECORD = SIGNATURE + MinHash.SIZE * Integer.BYTES;
  private static final int ROWS_PER_CHUNK = 1 << 14;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

  private final Arena arena = Arena.ofShared();
  private final FileChannel file;
  private final List<MemorySegment> chunks = new ArrayList<>();
  private int rows;

  SignatureTable(Path directory) throws IOException {
    Path path = Files.createTempFile(directory, "plumbline-dataset-rows-", ".tmp");
    file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  int size() {
    return rows;
  }

  int add(NormalText.Key key, int[] signature) {
    if (rows == chunks.size() * ROWS_PER_CHUNK) {
      chunks.add(mapChunk());
    }
    int row = rows++;
    MemorySegment chunk = chunks.get(row / ROWS_PER_CHUNK);
    long at = offset(row);
    chunk.set(LONG, at + KEY_HIGH, key.high());
    chunk.set(LONG, at + KEY_LOW, key.low());
    MemorySegment.copy(signature, 0, chunk, INT, at + SIGNATURE, MinHash.SIZE);
    return row;
  }

  private MemorySegment mapChunk() {
    try {
      long size = (long) ROWS_PER_CHUNK * RECORD;
      return file.map(FileChannel.MapMode.READ_WRITE, chunks.size() * size, size, arena);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long offset(int row) {
    return (long) (row % ROWS_PER_CHUNK) * RECORD;
  }

  boolean hasKey(int row, NormalText.Key key) {
    MemorySegment chunk = chunks.get(row / ROWS_PER_CHUNK);
    long at = offset(row);
    return chunk.get(LONG, at + KEY_HIGH) == key.high()
        && chunk.get(LONG, at + KEY_LOW) == key.low();
  }

  long keyHigh(int row) {
    return chunks.get(row / ROWS_PER_CHUNK).get(LONG, offset(row) + KEY_HIGH);
  }

  /** Returns a hash of {@code count} positions of a signature: its bucket within one band. */
  long bandHash(int row, int from, int count) {
    MemorySegment chunk = chunks.get(row / ROWS_PER_CHUNK);
    long at = offset(row) + SIGNATURE + (long) from * Integer.BYTES;
    long hash = from;
    for (int i = 0; i < count; i++) {
      hash =
          (hash ^ (chunk.get(INT, at + (long) i * Integer.BYTES) & 0xffffffffL))
              * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  double similarity(int left, int right) {
    MemorySegment a = chunks.get(left / ROWS_PER_CHUNK);
    MemorySegment b = chunks.get(right / ROWS_PER_CHUNK);
    long atLeft = offset(left) + SIGNATURE;
    long atRight = offset(right) + SIGNATURE;
    int equal = 0;
    for (int i = 0; i < MinHash.SIZE; i++) {
      if (a.get(INT, atLeft + (long) i * Integer.BYTES)
          == b.get(INT, atRight + (long) i * Integer.BYTES)) {
        equal++;
      }
    }
    return (double) equal / MinHash.SIZE;
  }

  @Override
  public void close() throws IOException {
    arena.close();
    file.close();
  }
}
