package io.plumbline.platform.similarity;

/**
 * A set of hashes that also contains some that were never added: at most one in {@value
 * #BITS_EACH}, as long as {@value #MAX_BITS} bits suffice for that.
 */
final class HashFilter {

  private static final int BITS_EACH = 16;
  private static final int MIN_BITS = 1 << 10;
  private static final int MAX_BITS = 1 << 25;

  private final long[] bits;
  private final int shift;

  /**
   * @param size the number of hashes that will be added
   */
  HashFilter(int size) {
    int wanted = Math.clamp((long) size * BITS_EACH, MIN_BITS, MAX_BITS);
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
