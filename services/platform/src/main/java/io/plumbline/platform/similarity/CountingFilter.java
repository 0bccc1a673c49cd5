package io.plumbline.platform.similarity;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A counting filter outside of the heap that shows which hashes were counted more than once. It has
 * two bits for each expected hash, {@value #MAX_BYTES} bytes at most. Some hashes that share their
 * bits with another count as repeated, too.
 */
final class CountingFilter {

  /**
   * The maximum size in bytes. With four counters per byte, there are one and a half counters for
   * each word of a gigabyte of text.
   */
  private static final long MAX_BYTES = 1 << 26;

  private static final long MIN_BYTES = 1 << 10;

  private static final int COUNTERS_EACH = 4;

  private final MemorySegment counters;
  private final int shift;

  /**
   * @param hashes the number of hashes that will be counted
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
      // A counter goes from never to once to repeatedly, where it stays.
      int times = before >>> bits & 3;
      if (times < 2) {
        counters.set(ValueLayout.JAVA_BYTE, counter >>> 2, (byte) (before + (1 << bits)));
      }
    }
  }

  /** Returns those of the given counted hashes that were counted more than once. */
  int[] repeatedAmong(int[] counted) {
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
