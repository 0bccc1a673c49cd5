package io.plumbline.datasetregistry.browser;

import io.plumbline.datasetregistry.item.ItemMasker;
import io.plumbline.datasetregistry.lineage.ItemView;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a page of items from any line of a file, within limits on the bytes read and shown. */
@Component
class ItemPageReader {

  /** The maximum bytes of a file that are searched for the items of one page. */
  static final int MAX_SEARCHED = 16 * 1024 * 1024;

  /** The bytes of items after which a page ends; the item that exceeds them is its last one. */
  static final int MAX_SHOWN = 1024 * 1024;

  private final ItemMasker mask;

  ItemPageReader(ItemMasker mask) {
    this.mask = mask;
  }

  /**
   * The position at which a page begins.
   *
   * @param lines the number of lines before it
   * @param offset the offset of its first line, in bytes
   * @param found the number of items on the pages before it
   */
  record Place(long lines, long offset, long found) {

    static final Place START = new Place(0, 0, 0);

    List<String> keys() {
      return List.of(String.valueOf(lines), String.valueOf(offset), String.valueOf(found));
    }

    /**
     * @throws IllegalArgumentException when the keys name no line of the file
     */
    static Place of(List<String> keys, Path file) {
      Place place =
          new Place(
              Long.parseLong(keys.get(0)),
              Long.parseLong(keys.get(1)),
              Long.parseLong(keys.get(2)));
      if (place.lines < 0 || place.found < 0 || !place.isLineStartIn(file)) {
        throw new IllegalArgumentException("The page token names no line of the file");
      }
      return place;
    }

    private boolean isLineStartIn(Path file) {
      if (offset <= 0) {
        return offset == 0;
      }
      ByteBuffer before = ByteBuffer.allocate(1);
      try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ)) {
        return content.read(before, offset - 1) == 1 && before.get(0) == '\n';
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * @param next absent at the end of the file
   */
  record Slice(List<ListedItem> items, @Nullable Place next) {}

  Slice readPage(Path file, Place from, int limit, ItemFilter filter) throws IOException {
    List<ListedItem> items = new ArrayList<>();
    long lines = from.lines();
    long shown = 0;
    try (ItemFile.Reader reader = new ItemFile.Reader(openAt(file, from.offset()))) {
      while (items.size() < limit && shown < MAX_SHOWN && reader.offset() < MAX_SEARCHED) {
        long start = reader.offset();
        Item item = reader.next();
        if (item == null) {
          return new Slice(items, null);
        }
        lines++;
        if (filter.selects(item)) {
          ItemMasker.Masked masked = mask.mask(item);
          if (filter.matchesText(masked.item())) {
            items.add(new ListedItem(lines, ItemView.from(masked.item()), masked.kinds()));
            shown += reader.offset() - start;
          }
        }
      }
      long offset = from.offset() + reader.offset();
      if (offset >= Files.size(file)) {
        return new Slice(items, null);
      }
      return new Slice(items, new Place(lines, offset, from.found() + items.size()));
    }
  }

  /** Opens a file at an offset; the reader closes the stream. */
  private static InputStream openAt(Path file, long offset) throws IOException {
    return Channels.newInputStream(
        FileChannel.open(file, StandardOpenOption.READ).position(offset));
  }
}
