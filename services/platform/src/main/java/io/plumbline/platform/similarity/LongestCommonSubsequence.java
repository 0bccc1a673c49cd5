package io.plumbline.platform.similarity;

import java.util.Arrays;

/**
 * Measures the longest common subsequence of a text with other texts: the largest number of units
 * that both have in the same order. It processes 64 units of the text at a time (M. Crochemore and
 * others, A fast and practical bit-vector algorithm for the longest common subsequence problem,
 * 2001).
 */
final class LongestCommonSubsequence {

  private final int[] text;
  private final int words;

  // Both arrays are created on first use, since most texts are compared with few others.
  private int[] sorted = {};

  /** The positions of each unit in the text, one bit each, by the number of the unit. */
  private long[] places = {};

  LongestCommonSubsequence(int[] text) {
    this.text = text;
    words = (text.length + Long.SIZE - 1) / Long.SIZE;
  }

  private void sort() {
    if (sorted.length == 0) {
      sorted = text.clone();
      Arrays.sort(sorted);
    }
  }

  private void buildPositionMasks() {
    if (places.length == 0) {
      places = new long[sorted.length * words];
      for (int i = 0; i < text.length; i++) {
        places[numberOf(text[i]) * words + i / Long.SIZE] |= 1L << i;
      }
    }
  }

  /**
   * Returns the number of a unit, which is the same for equal units; negative when the text lacks
   * it.
   */
  private int numberOf(int unit) {
    return Arrays.binarySearch(sorted, unit);
  }

  /**
   * Returns whether the longest common subsequence of this text and another one has at least {@code
   * needed} units.
   */
  boolean sharesAtLeast(int needed, int[] other) {
    sort();
    int[] numbers = new int[other.length];
    int common = 0;
    for (int unit : other) {
      int number = numberOf(unit);
      if (number >= 0) {
        numbers[common++] = number;
      }
    }
    if (common < needed) {
      return false;
    }
    buildPositionMasks();
    return commonLength(numbers, common) >= needed;
  }

  private int commonLength(int[] numbers, int count) {
    long[] open = new long[words];
    Arrays.fill(open, -1L);
    for (int i = 0; i < count; i++) {
      int from = numbers[i] * words;
      long carry = 0;
      for (int word = 0; word < words; word++) {
        long before = open[word];
        long met = before & places[from + word];
        long sum = before + met;
        long carried = sum + carry;
        boolean overflows =
            Long.compareUnsigned(sum, before) < 0 || Long.compareUnsigned(carried, sum) < 0;
        carry = overflows ? 1 : 0;
        open[word] = carried | (before & ~met);
      }
    }
    int length = 0;
    for (long word : open) {
      length += Long.bitCount(~word);
    }
    return length;
  }
}
