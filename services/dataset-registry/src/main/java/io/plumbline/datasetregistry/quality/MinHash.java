package io.plumbline.datasetregistry.quality;

import java.util.Arrays;

/**
 * Signatures whose agreement estimates the Jaccard similarity of two texts' shingle sets (Broder
 * 1997): the share of equal positions has expectation J and standard error {@code
 * sqrt(J(1-J)/128)}. A shingle is three consecutive words; a shorter text is one shingle. The 128
 * hash functions are fixed, so equal texts have equal signatures in every run and on every machine.
 */
public final class MinHash {

  public static final int SIZE = 128;

  /**
   * Words of a text that are compared: about 20 pages. Texts that differ only later count as equal.
   */
  public static final int MOST_WORDS = 10_000;

  private static final int SHINGLE = 3;
  private static final int[] MULTIPLIERS = new int[SIZE];
  private static final int[] OFFSETS = new int[SIZE];

  static {
    long state = 0x9e3779b97f4a7c15L; // SplitMix64 (Steele, Lea, Flood 2014), a fixed seed
    for (int i = 0; i < SIZE; i++) {
      MULTIPLIERS[i] = (int) mix(state += 0x9e3779b97f4a7c15L) | 1;
      OFFSETS[i] = (int) mix(state += 0x9e3779b97f4a7c15L);
    }
  }

  private MinHash() {}

  public static int[] signature(NormalText text) {
    int[] signature = new int[SIZE];
    signature(text, signature);
    return signature;
  }

  /**
   * Writes the signature into {@code signature}, so that a caller with many texts allocates once.
   */
  static void signature(NormalText text, int[] signature) {
    Arrays.fill(signature, Integer.MAX_VALUE);
    String value = text.value();
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
      if (words >= SHINGLE) {
        add(mix(mix(beforePrevious * 31 + previous) * 31 + word), signature);
      }
      beforePrevious = previous;
      previous = word;
      word = 1;
      if (words == MOST_WORDS) {
        break;
      }
    }
    if (words < SHINGLE) {
      add(mix(mix(beforePrevious * 31 + previous) * 31), signature);
    }
  }

  private static void add(long shingle, int[] signature) {
    int x = (int) (shingle >>> 32);
    for (int i = 0; i < SIZE; i++) {
      int hash = (x ^ OFFSETS[i]) * MULTIPLIERS[i];
      hash = (hash ^ hash >>> 15) * 0x2c1b3c6d;
      signature[i] = Math.min(signature[i], hash ^ hash >>> 13);
    }
  }

  private static long mix(long z) {
    long a = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
    return b ^ b >>> 31;
  }

  /** The estimated Jaccard similarity. */
  public static double similarity(int[] left, int[] right) {
    int equal = 0;
    for (int i = 0; i < SIZE; i++) {
      if (left[i] == right[i]) {
        equal++;
      }
    }
    return (double) equal / SIZE;
  }
}
