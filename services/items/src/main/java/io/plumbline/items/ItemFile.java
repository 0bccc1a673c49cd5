package io.plumbline.items;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes items as JSON Lines: UTF-8, one object per line, each ended by a line feed. */
public final class ItemFile {

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .build();

  private ItemFile() {}

  /** Returns an item as a line, without the line feed. */
  public static byte[] toJsonBytes(Item item) {
    return JSON.writeValueAsBytes(item);
  }

  /** Returns a line of another shape that items are made from, without the line feed. */
  public static byte[] toJsonBytes(Map<String, ?> line) {
    return JSON.writeValueAsBytes(line);
  }

  /** Reads an item from its line. */
  public static Item read(String line) {
    return JSON.readValue(line, Item.class);
  }

  /** Receives each item with its number, from 0, and the offset of its line. */
  @FunctionalInterface
  public interface Visitor {
    void item(int index, long offset, Item item) throws IOException;
  }

  public static void read(InputStream content, Visitor visitor) throws IOException {
    try (Reader items = new Reader(content)) {
      int index = 0;
      long offset = items.offset();
      for (Item item = items.next(); item != null; item = items.next()) {
        visitor.item(index++, offset, item);
        offset = items.offset();
      }
    }
  }

  /** Reads items one after the other. */
  public static final class Reader implements AutoCloseable {

    private final BufferedInputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
    private long offset;

    public Reader(InputStream content) {
      in = new BufferedInputStream(content, 1 << 16);
    }

    /** Returns the offset of the next line. */
    public long offset() {
      return offset;
    }

    /** Returns the next item, or null at the end. */
    public @Nullable Item next() throws IOException {
      line.reset();
      int b = in.read();
      while (b >= 0 && b != '\n') {
        line.write(b);
        b = in.read();
      }
      if (b < 0 && line.size() == 0) {
        return null;
      }
      offset += line.size() + 1L;
      return JSON.readValue(line.toByteArray(), Item.class);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** A file of items, of which single items are read by the offset of their line. */
  public static final class RandomAccessReader implements AutoCloseable {

    private final FileChannel file;
    private ByteBuffer buffer = ByteBuffer.allocate(1 << 14);

    public RandomAccessReader(Path path) throws IOException {
      file = FileChannel.open(path, StandardOpenOption.READ);
    }

    public Item read(long offset) throws IOException {
      int end = -1;
      buffer.clear();
      while (end < 0) {
        int from = buffer.position();
        if (!buffer.hasRemaining()) {
          buffer = ByteBuffer.allocate(buffer.capacity() * 2).put(buffer.flip());
        }
        if (file.read(buffer, offset + from) < 0) {
          end = from;
        }
        for (int i = from; i < buffer.position() && end < 0; i++) {
          end = buffer.get(i) == '\n' ? i : -1;
        }
      }
      return JSON.readValue(buffer.array(), 0, end, Item.class);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** Writes items one after the other. */
  public static final class Writer implements AutoCloseable {

    private final OutputStream out;
    private long items;

    public Writer(Path path) throws IOException {
      out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
    }

    public void write(Item item) throws IOException {
      out.write(toJsonBytes(item));
      out.write('\n');
      items++;
    }

    /** Returns how many items were written. */
    public long itemCount() {
      return items;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
