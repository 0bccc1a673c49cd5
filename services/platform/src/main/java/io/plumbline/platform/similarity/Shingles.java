package io.plumbline.platform.similarity;

import java.util.Arrays;

/**
 * The hashes of a text's shingles: of three consecutive words each. They are fixed, so equal texts
 * have equal shingles in every run and on every machine.
 */
public final class Shingles {

  /** Words of a shingle. */
  public static final int WORDS = 3;

  private Shingles() {}

  /**
   * In the order of the text, repeated ones repeatedly; a text of fewer words is one shingle.
   *
   * @param mostWords further words are left out
   */
  public static long[] of(NormalText text, int mostWords) {
    String value = text.value();
    long[] shingles = new long[Math.min(mostWords, value.length() / 2 + 1)];
    int found = 0;
    long previous = 0;
    long beforePrevious = 0;
    long word = 1;
    int words = 0;
    for (int i = 0; i <= value.length(); i++) {
      char c = i < value.length() ? value.charAt(i) : ' ';
      if (c != ' ') {
        word = (word ^ c) * 0x100000001b3L; // FNV-1a over UTF-16 units
        continue;
      }
      words++;
      if (words >= WORDS) {
        shingles[found++] = mix(mix(beforePrevious * 31 + previous) * 31 + word);
      }
      beforePrevious = previous;
      previous = word;
      word = 1;
      if (words == mostWords) {
        break;
      }
    }
    if (words < WORDS) {
      shingles[found++] = mix(mix(beforePrevious * 31 + previous) * 31);
    }
    return Arrays.copyOf(shingles, found);
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  static long mix(long z) {
    long a = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
    return b ^ b >>> 31;
  }
}
