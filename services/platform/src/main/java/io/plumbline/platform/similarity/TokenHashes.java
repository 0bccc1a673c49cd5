package io.plumbline.platform.similarity;

import java.util.Arrays;

/**
 * A text as a sequence of units, each as a hash. The hash includes how much of a word the unit is
 * worth: a character of a script without spaces is worth a half or a quarter. The hashes are fixed,
 * and may be stored.
 *
 * @param hashes the hashes, which are compared by value and never changed
 */
public record TokenHashes(int[] hashes) {

  /** The number of words of a shingle. */
  public static final int SHINGLE_WORDS = 3;

  private static final int QUARTERS = 4;

  /** The three lowest bits of a hash, which hold the worth of its unit in quarters of a word. */
  private static final int WORTH = 7;

  /**
   * Returns the hashes of the first units of a text.
   *
   * @param maxUnits the maximum number of units; further units are left out
   */
  public static TokenHashes of(NormalText text, int maxUnits) {
    String value = text.value();
    int[] hashes = new int[Math.min(maxUnits, value.length() / 2 + 1)];
    int found = 0;
    long word = 1;
    int first = -1;
    for (int i = 0; i <= value.length() && found < maxUnits; i++) {
      char c = i < value.length() ? value.charAt(i) : ' ';
      if (c != ' ') {
        first = first < 0 ? i : first;
        word = (word ^ c) * 0x100000001b3L; // FNV-1a over UTF-16 units
      } else if (first >= 0) {
        NormalText.Unit kind = NormalText.Unit.of(value.codePointAt(first));
        hashes[found++] = ((int) mix(word) & ~WORTH) | kind.quarters;
        word = 1;
        first = -1;
      }
    }
    return new TokenHashes(Arrays.copyOf(hashes, found));
  }

  public int count() {
    return hashes.length;
  }

  /** Returns how many words the units are worth together. */
  public double wordCount() {
    int quarters = 0;
    for (int unit : hashes) {
      quarters += worthInQuarters(unit);
    }
    return (double) quarters / QUARTERS;
  }

  /**
   * Returns the hashes of the shingles of the text, in the order of the text. A shingle ends at
   * each unit, and consists of the last units that are worth three words together. A text of fewer
   * words is one shingle.
   */
  public int[] shingles() {
    int[] shingles = new int[hashes.length];
    int found = 0;
    int from = 0;
    int quarters = 0;
    for (int to = 0; to < hashes.length; to++) {
      quarters += worthInQuarters(hashes[to]);
      while (quarters - worthInQuarters(hashes[from]) >= SHINGLE_WORDS * QUARTERS) {
        quarters -= worthInQuarters(hashes[from++]);
      }
      if (quarters >= SHINGLE_WORDS * QUARTERS) {
        shingles[found++] = shingle(from, to);
      }
    }
    if (found == 0 && hashes.length > 0) {
      shingles[found++] = shingle(0, hashes.length - 1);
    }
    return Arrays.copyOf(shingles, found);
  }

  private int shingle(int from, int to) {
    long hash = 0;
    for (int i = from; i <= to; i++) {
      hash = mix(hash * 31 + hashes[i]);
    }
    return (int) (hash >>> 32);
  }

  private static int worthInQuarters(int unit) {
    return unit & WORTH;
  }

  /** Mixes the bits of a number with the finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  static long mix(long z) {
    long a = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
    return b ^ b >>> 31;
  }
}
