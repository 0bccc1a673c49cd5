package io.plumbline.platform.similarity;

import java.util.Arrays;

/** Which texts have a hash: pairs of both, eight bytes each, sorted before they are asked. */
final class Postings {

  private static final int DIRECTORY_BITS = 16;

  private long[] pairs = new long[64];
  private int size;
  private int[] starts = {};

  void add(int hash, int text) {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, size + (size >> 1));
    }
    pairs[size++] = (long) hash << Integer.SIZE | text;
  }

  void sort() {
    Arrays.sort(pairs, 0, size);
    starts = new int[(1 << DIRECTORY_BITS) + 1];
    for (int i = 0; i < size; i++) {
      starts[directory(hash(i)) + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
  }

  /** The first pair with the hash; where {@link #has} does not hold of it, there is none. */
  int first(int hash) {
    int directory = directory(hash);
    int from = starts[directory];
    int to = starts[directory + 1];
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (hash(middle) < hash) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  boolean has(int pair, int hash) {
    return pair < size && hash(pair) == hash;
  }

  int text(int pair) {
    return (int) pairs[pair];
  }

  private int hash(int pair) {
    return (int) (pairs[pair] >> Integer.SIZE);
  }

  /** In the order of the hashes, which are signed. */
  private static int directory(int hash) {
    return (hash >> (Integer.SIZE - DIRECTORY_BITS)) + (1 << (DIRECTORY_BITS - 1));
  }
}
