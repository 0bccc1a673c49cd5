package io.plumbline.platform.similarity;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Which hashes were counted more than once, outside of the heap: two bits for each that is
 * expected, {@value #MAX_BYTES} bytes at most. Some that share their bits with another count as
 * repeated, too.
 */
final class CountingFilter {

  /** Four counters a byte: of a gigabyte of text, one for each word and half as many again. */
  private static final long MAX_BYTES = 1 << 26;

  private static final long MIN_BYTES = 1 << 10;

  private static final int COUNTERS_EACH = 4;

  private final MemorySegment counters;
  private final int shift;

  /**
   * @param hashes how many will be counted
   */
  CountingFilter(long hashes, Arena arena) {
    long bytes = Math.clamp(hashes / COUNTERS_EACH, MIN_BYTES, MAX_BYTES);
    int exponent = Long.SIZE - Long.numberOfLeadingZeros(bytes - 1);
    counters = arena.allocate(1L << exponent);
    shift = Integer.SIZE - exponent - 2;
  }

  void count(int[] hashes) {
    for (int hash : hashes) {
      int counter = hash >>> shift;
      int bits = (counter & 3) << 1;
      byte before = counters.get(ValueLayout.JAVA_BYTE, counter >>> 2);
      // From never to once to repeatedly, where it stays.
      int times = before >>> bits & 3;
      if (times < 2) {
        counters.set(ValueLayout.JAVA_BYTE, counter >>> 2, (byte) (before + (1 << bits)));
      }
    }
  }

  /** Those of counted hashes that were counted more than once. */
  int[] among(int[] counted) {
    int[] repeated = new int[counted.length];
    int found = 0;
    for (int hash : counted) {
      int counter = hash >>> shift;
      if ((counters.get(ValueLayout.JAVA_BYTE, counter >>> 2) >>> ((counter & 3) << 1) & 2) != 0) {
        repeated[found++] = hash;
      }
    }
    return Arrays.copyOf(repeated, found);
  }
}
