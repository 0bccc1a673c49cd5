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
 * Assigns ids to items: the first 16 hexadecimal digits of the SHA-256 of what the input is, and of
 * a preference what is compared, so that an item keeps its id from version to version; a repeated
 * one gets {@code -2}, {@code -3} … appended. Twenty bytes per item are kept, not the ids
 * themselves.
 */
public final class ItemIds {

  private long[] heads = new long[1 << 10];
  private int[] ordinals = new int[1 << 10];
  private int rows;

  /** Open addressing: the last row with a head, plus one. */
  private int[] slots = new int[1 << 12];

  /**
   * What makes two items the same: the text where there is nothing else, id and text of a document,
   * else the canonical JSON of the input, and of a preference that of both answers, too.
   */
  public static String identity(Input input, Expected expected) {
    if (expected.preference()) {
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

  private static String canonical(Object value) {
    return new String(CanonicalJson.bytes(value), StandardCharsets.UTF_8);
  }

  /**
   * The id of the next item.
   *
   * @param identity see {@link #identity(Input, Expected)}
   */
  public String next(String identity) {
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
    return id(rows - 1);
  }

  /**
   * @param row from 0
   */
  public String id(int row) {
    String head = String.format("%016x", heads[row]);
    return ordinals[row] == 1 ? head : head + "-" + ordinals[row];
  }

  public int size() {
    return rows;
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
