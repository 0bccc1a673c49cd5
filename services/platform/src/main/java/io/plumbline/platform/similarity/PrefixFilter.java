package io.plumbline.platform.similarity;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Finds the added texts that have enough hashes in common with a text. When a text lacks at most a
 * certain number of another's hashes, it has at least {@value #HITS} of any selection that exceeds
 * this number by {@value #HITS}. The rarest hashes make the best selection and are called the
 * prefix (the prefix filter of S. Chaudhuri, V. Ganti, R. Kaushik, 2006).
 */
final class PrefixFilter {

  /**
   * The number of hits that a comparison requires, unless the prefix is shorter. A single rare word
   * in common would be chance.
   */
  private static final int HITS = 3;

  /** The number of bits for a count of up to {@value #HITS} hits. */
  private static final int HIT_BITS = 2;

  /** The maximum number of postings that are read for each permitted comparison. */
  private static final long MAX_POSTINGS_READ = 100;

  /**
   * The texts whose prefix has a hash, by that hash. An entry is the number of a text, followed in
   * the lowest bits by the hits that it requires.
   */
  private final Postings postings = new Postings();

  private int texts;

  /**
   * The state of each text: the number of the search that last hit it, followed in the lowest bits
   * by the hits so far. A text takes one byte, since many texts are hit by chance and the array
   * should stay close to the processor.
   */
  private byte[] hitsByText = {};

  private int search;

  /**
   * Returns the length of the prefix of a text.
   *
   * @param missing how many occurrences of its hashes may be missing
   * @param distinct the number of its distinct hashes
   */
  static int prefixLength(int missing, int distinct) {
    return Math.min(missing + HITS, distinct);
  }

  /** Returns how many hashes of the prefix another text must have. */
  static int requiredHits(int missing, int distinct) {
    return Math.max(1, prefixLength(missing, distinct) - missing);
  }

  /**
   * Adds the text of the next number by the first of its hashes.
   *
   * @param wanted the number of hits that are required, {@value #HITS} at most
   */
  void add(int[] hashes, int count, int wanted) {
    for (int i = 0; i < count; i++) {
      postings.add(hashes[i], texts << HIT_BITS | wanted);
    }
    texts++;
  }

  /**
   * Adds the text of the next number by the rarest of its hashes.
   *
   * @param shared the distinct hashes that other texts may have, the rarest first
   * @param alone the number of its other hashes, which are rarer and lead to no other text
   * @param missing how many of its hashes may be missing
   */
  void addRarest(int[] shared, int alone, int missing) {
    int distinct = alone + shared.length;
    int count = prefixLength(missing, distinct) - alone;
    int wanted = requiredHits(missing, distinct);
    if (count < wanted) {
      skip();
    } else {
      add(shared, count, wanted);
    }
  }

  /** Skips the text of the next number, which will not be found. */
  void skip() {
    texts++;
  }

  /** Returns the number of postings. */
  int size() {
    return postings.size();
  }

  /** Sorts the postings; no text may be added after this. */
  void sort() {
    postings.sort();
    hitsByText = new byte[texts];
  }

  /** Returns those of the hashes that lead to a text, and a few others. */
  int[] indexedAmong(int[] hashes) {
    return postings.addedAmong(hashes);
  }

  /**
   * Looks up the first of some hashes, and compares each text that has enough hits.
   *
   * @param wantedHere the number of hits that the searching text requires itself
   * @param most the maximum number of full comparisons
   * @param compare compares a text, and returns whether that took a full comparison
   */
  void compareCandidates(int[] hashes, int count, int wantedHere, int most, IntPredicate compare) {
    beginSearch();
    // All hashes are looked up first, so that the processor waits for several memory accesses at a
    // time.
    int[] first = postings.firstPairs(hashes, count);
    long postingsRead = 0;
    int compared = 0;
    for (int i = 0; i < count; i++) {
      for (int at = first[i]; postings.hasHash(at, hashes[i]); at++) {
        if (compared == most || postingsRead++ == MAX_POSTINGS_READ * most) {
          return;
        }
        int value = postings.valueOf(at);
        int text = value >>> HIT_BITS;
        if (isLastRequiredHit(text, Math.max(wantedHere, value & HITS)) && compare.test(text)) {
          compared++;
        }
      }
    }
  }

  private void beginSearch() {
    search = (search + (1 << HIT_BITS)) & 0xff;
    if (search == 0) {
      Arrays.fill(hitsByText, (byte) 0);
      search = 1 << HIT_BITS;
    }
  }

  /** Counts a hit on a text, and returns whether it is the last hit that was required. */
  private boolean isLastRequiredHit(int text, int wanted) {
    int hits = Math.max((hitsByText[text] & 0xff) - search, 0);
    if (hits == HITS) {
      return false;
    }
    hits++;
    hitsByText[text] = (byte) (search + (hits == wanted ? HITS : hits));
    return hits == wanted;
  }
}
