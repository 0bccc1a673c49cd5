package io.plumbline.platform.similarity;

import java.util.Arrays;

/** How often hashes were seen, about: some share a counter, and then count as less rare. */
final class Rarity {

  private static final int BITS = 18;

  private final int[] counts = new int[1 << BITS];

  void count(int[] hashes) {
    for (int hash : hashes) {
      counts[hash >>> (Integer.SIZE - BITS)]++;
    }
  }

  /** The distinct ones, the rarest first; equally rare ones in an order of their own. */
  int[] rarestFirst(int[] hashes) {
    long[] ranked = new long[hashes.length];
    for (int i = 0; i < hashes.length; i++) {
      ranked[i] =
          ((long) counts[hashes[i] >>> (Integer.SIZE - BITS)] << Integer.SIZE)
              | (hashes[i] & 0xffffffffL);
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
