package io.plumbline.datasetregistry.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.datasetregistry.item.ItemMasker;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.sensitivedata.SensitiveScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemPageReaderTests {

  private static final ItemFilter ALL = new ItemFilter(null, null, null, null);

  @TempDir Path folder;

  private final ItemPageReader pages =
      new ItemPageReader(new ItemMasker(() -> new SensitiveScanner("US")));

  private Path file(List<Item> items) throws IOException {
    Path file = folder.resolve("rows");
    try (ItemFile.Writer writer = new ItemFile.Writer(file)) {
      for (Item item : items) {
        writer.write(item);
      }
    }
    return file;
  }

  private Path numbered(int count) throws IOException {
    return file(
        IntStream.range(0, count)
            .mapToObj(i -> Item.ofText("i" + i, "text " + i, i % 10 == 0 ? "rare" : "common"))
            .toList());
  }

  @Test
  void pages_follow_each_other_without_a_gap_and_without_an_empty_last_one() throws IOException {
    Path file = numbered(6);
    List<Long> numbers = new ArrayList<>();
    int read = 0;
    ItemPageReader.Place at = ItemPageReader.Place.START;
    while (at != null) {
      ItemPageReader.Slice slice = pages.readPage(file, at, 3, ALL);
      slice.items().forEach(item -> numbers.add(item.number()));
      at = slice.next() == null ? null : ItemPageReader.Place.of(slice.next().keys(), file);
      read++;
    }

    assertThat(numbers).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(read).isEqualTo(2);
  }

  @Test
  void a_rare_label_is_found_across_pages_and_counted() throws IOException {
    Path file = numbered(25);
    ItemFilter rare = new ItemFilter("rare", null, null, null);

    ItemPageReader.Slice first = pages.readPage(file, ItemPageReader.Place.START, 2, rare);
    ItemPageReader.Place next = Objects.requireNonNull(first.next());
    ItemPageReader.Slice second = pages.readPage(file, next, 2, rare);

    assertThat(first.items()).extracting(ListedItem::number).containsExactly(1L, 11L);
    assertThat(next.found()).isEqualTo(2);
    assertThat(second.items()).extracting(ListedItem::number).containsExactly(21L);
    assertThat(second.next()).isNull();
  }

  @Test
  void long_items_end_a_page_early() throws IOException {
    String megabyte = "a".repeat(ItemPageReader.MAX_SHOWN);
    Path file = file(List.of(Item.ofText("a", megabyte, null), Item.ofText("b", "b", null)));

    ItemPageReader.Slice slice = pages.readPage(file, ItemPageReader.Place.START, 100, ALL);

    assertThat(slice.items()).hasSize(1);
    assertThat(slice.next()).isNotNull();
  }

  @Test
  void a_search_that_finds_nothing_ends_its_page_and_goes_on_from_there() throws IOException {
    String half = "a".repeat(ItemPageReader.MAX_SEARCHED / 2);
    Path file =
        file(
            List.of(
                Item.ofText("a", half, null),
                Item.ofText("b", half, null),
                Item.ofText("c", "c", "wanted")));
    ItemFilter wanted = new ItemFilter("wanted", null, null, null);

    ItemPageReader.Slice first = pages.readPage(file, ItemPageReader.Place.START, 10, wanted);
    ItemPageReader.Slice second =
        pages.readPage(file, Objects.requireNonNull(first.next()), 10, wanted);

    assertThat(first.items()).isEmpty();
    assertThat(second.items()).extracting(item -> item.item().itemId()).containsExactly("c");
  }

  @Test
  void what_is_masked_cannot_be_searched_for() throws IOException {
    Path file = file(List.of(Item.ofText("a", "From jo@example.org", null)));

    assertThat(
            pages
                .readPage(
                    file,
                    ItemPageReader.Place.START,
                    1,
                    new ItemFilter(null, null, null, "jo@example"))
                .items())
        .isEmpty();
    assertThat(
            pages
                .readPage(
                    file,
                    ItemPageReader.Place.START,
                    1,
                    new ItemFilter(null, null, null, "<EMAIL>"))
                .items())
        .hasSize(1);
  }

  @Test
  void a_place_between_lines_or_beyond_the_file_is_none() throws IOException {
    Path file = numbered(3);

    for (List<String> keys :
        List.of(
            List.of("0", "1", "0"),
            List.of("0", "-1", "0"),
            List.of("-1", "0", "0"),
            List.of("0", "0", "-1"),
            List.of("0", "9999", "0"),
            List.of("0", "9223372036854775807", "0"),
            List.of("x", "0", "0"))) {
      assertThatThrownBy(() -> ItemPageReader.Place.of(keys, file))
          .as(keys.toString())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
