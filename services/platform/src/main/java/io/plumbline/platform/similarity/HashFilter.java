package io.plumbline.platform.similarity;

/**
 * A set of hashes that also has some that were never added: one in {@value #BITS_EACH} at most,
 * until there are {@value #MOST_BITS} bits.
 */
final class HashFilter {

  private static final int BITS_EACH = 16;
  private static final int LEAST_BITS = 1 << 10;
  private static final int MOST_BITS = 1 << 25;

  private final long[] bits;
  private final int shift;

  /**
   * @param size how many hashes will be added
   */
  HashFilter(int size) {
    int wanted = Math.clamp((long) size * BITS_EACH, LEAST_BITS, MOST_BITS);
    int exponent = Integer.SIZE - Integer.numberOfLeadingZeros(wanted - 1);
    bits = new long[1 << (exponent - 6)];
    shift = Integer.SIZE - exponent;
  }

  void add(int hash) {
    int bit = hash >>> shift;
    bits[bit >>> 6] |= 1L << bit;
  }

  boolean mayHave(int hash) {
    int bit = hash >>> shift;
    return (bits[bit >>> 6] & 1L << bit) != 0;
  }
}
