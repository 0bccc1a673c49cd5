package io.plumbline.platform.similarity;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * How a text is found among the added ones: where enough of the hashes of one are in the other, so
 * are {@value #HITS} of any that are so many more than may be missing, such as the rarest (the
 * prefix filter of S. Chaudhuri, V. Ganti, R. Kaushik, 2006). These are its leads.
 */
final class PrefixFilter {

  /** One rare word in common is chance. */
  private static final int HITS = 3;

  /** What up to {@value #HITS} hits need. */
  private static final int HIT_BITS = 2;

  /** Leads that are followed at most for each comparison that may come of them. */
  private static final long FOLLOWED = 100;

  /** Of each text the number, and below it how many of its leads have to be met. */
  private final Postings postings = new Postings();

  private int texts;

  /**
   * For each text the number of the search that met it last, and below it how often: one byte,
   * since many texts are met by chance, and should be near the processor.
   */
  private byte[] met = {};

  private int search;

  /** How many of the rarest are leads where so many occurrences may be missing. */
  static int count(int missing, int distinct) {
    return Math.min(missing + HITS, distinct);
  }

  /** How many of these have to be met. */
  static int wanted(int missing, int distinct) {
    return Math.max(1, count(missing, distinct) - missing);
  }

  /**
   * Adds the text of the next number by the first of its hashes.
   *
   * @param wanted how many have to be met, {@value #HITS} at most
   */
  void add(int[] hashes, int count, int wanted) {
    for (int i = 0; i < count; i++) {
      postings.add(hashes[i], texts << HIT_BITS | wanted);
    }
    texts++;
  }

  /**
   * Adds the next text by the rarest of its hashes.
   *
   * @param shared the distinct ones that others may have, the rarest first
   * @param alone how many it has besides, which are rarer and lead to nothing
   * @param missing how many may be missing
   */
  void addRarest(int[] shared, int alone, int missing) {
    int distinct = alone + shared.length;
    int count = count(missing, distinct) - alone;
    int wanted = wanted(missing, distinct);
    if (count < wanted) {
      skip();
    } else {
      add(shared, count, wanted);
    }
  }

  /** Leaves out the text of the next number, which is not found. */
  void skip() {
    texts++;
  }

  /** How many were added. */
  int size() {
    return postings.size();
  }

  /** No text is added after this. */
  void sort() {
    postings.sort();
    met = new byte[texts];
  }

  /** Those of the hashes that lead to a text, and few more. */
  int[] among(int[] hashes) {
    return postings.known(hashes);
  }

  /**
   * Follows the first of some hashes to the texts.
   *
   * @param wantedHere how many hits the text that searches wants itself
   * @param most texts that are compared
   * @param compare whether a text was worth a comparison, and not done with at a glance
   */
  void follow(int[] hashes, int count, int wantedHere, int most, IntPredicate compare) {
    begin();
    // All of them at first, so that the processor waits for several places of memory at a time.
    int[] first = postings.first(hashes, count);
    long followed = 0;
    int compared = 0;
    for (int i = 0; i < count; i++) {
      for (int at = first[i]; postings.has(at, hashes[i]); at++) {
        if (compared == most || followed++ == FOLLOWED * most) {
          return;
        }
        int value = postings.value(at);
        int text = value >>> HIT_BITS;
        if (meets(text, Math.max(wantedHere, value & HITS)) && compare.test(text)) {
          compared++;
        }
      }
    }
  }

  private void begin() {
    search = (search + (1 << HIT_BITS)) & 0xff;
    if (search == 0) {
      Arrays.fill(met, (byte) 0);
      search = 1 << HIT_BITS;
    }
  }

  /** Counts a hit, and whether it is the last that was wanted. */
  private boolean meets(int text, int wanted) {
    int hits = Math.max((met[text] & 0xff) - search, 0);
    if (hits == HITS) {
      return false;
    }
    hits++;
    met[text] = (byte) (search + (hits == wanted ? HITS : hits));
    return hits == wanted;
  }
}
