package io.plumbline.platform.similarity;

import java.util.Arrays;

/**
 * An index from hashes to values. Each pair of both takes eight bytes, and the pairs are sorted
 * before the first lookup.
 */
final class Postings {

  /** The approximate number of pairs for each entry of the directory. */
  private static final int PAIRS_EACH = 2;

  private static final int MIN_DIRECTORY_BITS = 8;
  private static final int MAX_DIRECTORY_BITS = 20;

  private long[] pairs = new long[64];
  private int size;
  private int[] starts = {};
  private int directoryBits = MIN_DIRECTORY_BITS;
  private HashFilter hashes = new HashFilter(0);

  void add(int hash, int value) {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, size + (size >> 1));
    }
    pairs[size++] = (long) hash << Integer.SIZE | value;
  }

  int size() {
    return size;
  }

  void sort() {
    Arrays.sort(pairs, 0, size);
    directoryBits =
        Math.clamp(
            Integer.SIZE - Integer.numberOfLeadingZeros(size / PAIRS_EACH),
            MIN_DIRECTORY_BITS,
            MAX_DIRECTORY_BITS);
    starts = new int[(1 << directoryBits) + 1];
    hashes = new HashFilter(size);
    for (int i = 0; i < size; i++) {
      starts[directoryEntry(hashOf(i)) + 1]++;
      hashes.add(hashOf(i));
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
  }

  /** Returns those of the hashes that were added, and a few others, in their order. */
  int[] addedAmong(int[] some) {
    int[] known = new int[some.length];
    int found = 0;
    for (int hash : some) {
      if (hashes.mayHave(hash)) {
        known[found++] = hash;
      }
    }
    return Arrays.copyOf(known, found);
  }

  /**
   * Returns the first pair of each hash. A hash without any pair has none there, which {@link
   * #hasHash} shows.
   */
  int[] firstPairs(int[] some, int count) {
    int[] first = new int[count];
    for (int i = 0; i < count; i++) {
      first[i] = firstPair(some[i]);
    }
    return first;
  }

  private int firstPair(int hash) {
    int directory = directoryEntry(hash);
    int from = starts[directory];
    int to = starts[directory + 1];
    if (hasHash(from, hash)) {
      return from;
    }
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (hashOf(middle) < hash) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  boolean hasHash(int pair, int hash) {
    return pair < size && hashOf(pair) == hash;
  }

  int valueOf(int pair) {
    return (int) pairs[pair];
  }

  private int hashOf(int pair) {
    return (int) (pairs[pair] >> Integer.SIZE);
  }

  /**
   * Returns the directory entry of a hash. The entries are in the order of the hashes, which are
   * signed.
   */
  private int directoryEntry(int hash) {
    return (hash >> (Integer.SIZE - directoryBits)) + (1 << (directoryBits - 1));
  }
}
