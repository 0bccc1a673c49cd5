package io.plumbline.platform.similarity;

import java.util.Arrays;

/**
 * Counts approximately how often hashes occur. Some hashes share a counter, and then count as less
 * rare.
 */
final class HashFrequencies {

  private static final int MIN_COUNTERS = 1 << 10;
  private static final int MAX_COUNTERS = 1 << 20;

  private final int[] counts;
  private final int shift;

  /**
   * @param hashes the number of hashes that will be counted
   */
  HashFrequencies(long hashes) {
    int wanted = Math.clamp(hashes, MIN_COUNTERS, MAX_COUNTERS);
    int exponent = Integer.SIZE - Integer.numberOfLeadingZeros(wanted - 1);
    counts = new int[1 << exponent];
    shift = Integer.SIZE - exponent;
  }

  void count(int[] hashes) {
    for (int hash : hashes) {
      counts[hash >>> shift]++;
    }
  }

  /**
   * Returns the distinct hashes, the rarest first; equally rare hashes are ordered by their value.
   */
  int[] rarestFirst(int[] hashes) {
    long[] ranked = new long[hashes.length];
    for (int i = 0; i < hashes.length; i++) {
      ranked[i] = ((long) counts[hashes[i] >>> shift] << Integer.SIZE) | (hashes[i] & 0xffffffffL);
    }
    Arrays.sort(ranked);
    int[] distinct = new int[hashes.length];
    int found = 0;
    for (int i = 0; i < ranked.length; i++) {
      if (i == 0 || ranked[i] != ranked[i - 1]) {
        distinct[found++] = (int) ranked[i];
      }
    }
    return Arrays.copyOf(distinct, found);
  }
}
