package io.plumbline.platform.similarity;

import java.util.Arrays;

/**
 * Computes MinHash signatures, whose agreement estimates the Jaccard similarity of the shingle sets
 * of two texts (Broder 1997): the share of equal positions has expectation J and standard error
 * {@code sqrt(J(1-J)/128)}. The 128 hash functions are fixed, so equal texts have equal signatures
 * in every run and on every machine.
 */
public final class MinHash {

  public static final int SIZE = 128;

  /**
   * The maximum number of words of a text that are compared, about 20 pages. Texts that differ only
   * after that count as equal.
   */
  public static final int MAX_WORDS = 10_000;

  private static final int[] MULTIPLIERS = new int[SIZE];
  private static final int[] OFFSETS = new int[SIZE];

  static {
    long state = 0x9e3779b97f4a7c15L; // SplitMix64 (Steele, Lea, Flood 2014), a fixed seed
    for (int i = 0; i < SIZE; i++) {
      MULTIPLIERS[i] = (int) TokenHashes.mix(state += 0x9e3779b97f4a7c15L) | 1;
      OFFSETS[i] = (int) TokenHashes.mix(state += 0x9e3779b97f4a7c15L);
    }
  }

  private MinHash() {}

  public static int[] signature(NormalText text) {
    int[] signature = new int[SIZE];
    signature(TokenHashes.of(text, MAX_WORDS), signature);
    return signature;
  }

  /**
   * Writes the signature into {@code signature}, so that a caller with many texts allocates once.
   *
   * @param text the first units of the text, at most {@value #MAX_WORDS}
   */
  public static void signature(TokenHashes text, int[] signature) {
    Arrays.fill(signature, Integer.MAX_VALUE);
    for (int shingle : text.shingles()) {
      add(shingle, signature);
    }
  }

  private static void add(int x, int[] signature) {
    for (int i = 0; i < SIZE; i++) {
      int hash = (x ^ OFFSETS[i]) * MULTIPLIERS[i];
      hash = (hash ^ hash >>> 15) * 0x2c1b3c6d;
      signature[i] = Math.min(signature[i], hash ^ hash >>> 13);
    }
  }

  /** Returns the estimated Jaccard similarity of two texts by their signatures. */
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
