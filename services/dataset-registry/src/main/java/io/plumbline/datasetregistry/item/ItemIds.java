package io.plumbline.datasetregistry.item;

import io.plumbline.contracts.Digest;
import io.plumbline.items.Document;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.platform.digest.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Assigns ids to items. An id is the first 16 hexadecimal digits of the SHA-256 of the input, and
 * for a preference also of both answers, so that an item keeps its id from version to version. The
 * id of a repeated item gets {@code -2}, {@code -3} … appended. Only twenty bytes per item are
 * kept, not the ids themselves.
 */
public final class ItemIds {

  private long[] heads = new long[1 << 10];
  private int[] ordinals = new int[1 << 10];
  private int rows;

  /** A hash table with open addressing that holds, for each head, its last row plus one. */
  private int[] slots = new int[1 << 12];

  /**
   * Returns the content that makes two items the same: for an input that is only a text, the text;
   * for a document, its id and text; otherwise the canonical JSON of the input. For a preference it
   * includes both answers.
   */
  public static String identifyingContent(Input input, Expected expected) {
    if (expected.isPreference()) {
      return canonical(
          Map.of(
              "input",
              input,
              "chosen",
              Objects.requireNonNull(expected.chosen()),
              "rejected",
              Objects.requireNonNull(expected.rejected())));
    }
    Document document = input.document();
    if (document != null) {
      return canonical(List.of(document.documentId(), document.text()));
    }
    return input.onlyText().orElseGet(() -> canonical(input));
  }

  /** Returns the id without the number of a repetition, which all items of one content share. */
  public static String ofContent(String itemId) {
    int number = itemId.indexOf('-');
    return number < 0 ? itemId : itemId.substring(0, number);
  }

  private static String canonical(Object value) {
    return new String(CanonicalJson.bytes(value), StandardCharsets.UTF_8);
  }

  /**
   * Assigns the id of the next item.
   *
   * @param identity the result of {@link #identifyingContent(Input, Expected)}
   */
  public String assignNext(String identity) {
    long head = Long.parseUnsignedLong(Digest.ofText(identity).hex(), 0, 16, 16);
    if (rows == heads.length) {
      heads = Arrays.copyOf(heads, rows * 2);
      ordinals = Arrays.copyOf(ordinals, rows * 2);
    }
    int slot = slot(head);
    heads[rows] = head;
    ordinals[rows] = slots[slot] == 0 ? 1 : ordinals[slots[slot] - 1] + 1;
    slots[slot] = ++rows;
    if (rows * 2L > slots.length) {
      rehash();
    }
    return idOfRow(rows - 1);
  }

  /**
   * @param row the row, which counts from 0
   */
  public String idOfRow(int row) {
    String head = String.format("%016x", heads[row]);
    return ordinals[row] == 1 ? head : head + "-" + ordinals[row];
  }

  private int slot(long head) {
    int slot = (int) (head >>> 20) & slots.length - 1;
    while (slots[slot] != 0 && heads[slots[slot] - 1] != head) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    for (int row = 0; row < rows; row++) {
      slots[slot(heads[row])] = row + 1;
    }
  }
}
