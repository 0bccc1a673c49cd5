package io.plumbline.platform.similarity;

import java.lang.foreign.Arena;

/**
 * Finds the pairs of texts in a collection that are near each other in the sense of {@link
 * NearTexts}, where the collection need not fit into memory. In each mode a block of texts is
 * indexed at a time, and all texts are searched for those of the block. Hashes that only one text
 * has lead to no other text and are left out, and with them most texts that are near no other, so
 * that there are few blocks.
 *
 * <p>This takes about 30 MB of heap, and outside of the heap two bits for each unit, 64 MB at most.
 * For each {@value #COMPARED_UNITS} units of a block, a text is compared in full with at most
 * {@value NearTexts#MAX_COMPARED} others in each mode.
 */
public final class NearPairs {

  private static final int BLOCK_POSTINGS = 2_000_000;

  private static final int COMPARED_UNITS = 1_500_000;

  /** A collection of numbered texts, which can be read as often as needed. */
  public interface Texts {

    int size();

    /** Returns the number of units of all texts together. */
    long units();

    TokenHashes text(int number);
  }

  /** The pairs of near texts, by the numbers of the texts. */
  public interface Pairs {

    /** Returns whether the pair is known, so that it needs no comparison. */
    boolean has(int left, int right);

    /** Adds a pair of near texts; some pairs are added twice. */
    void add(int left, int right);
  }

  private final Texts texts;
  private final Pairs pairs;
  private final int blockPostings;

  public NearPairs(Texts texts, Pairs pairs) {
    this(texts, pairs, BLOCK_POSTINGS);
  }

  NearPairs(Texts texts, Pairs pairs, int blockPostings) {
    this.texts = texts;
    this.pairs = pairs;
    this.blockPostings = blockPostings;
  }

  /** Finds all pairs of near texts, and adds them to the pairs given to the constructor. */
  public void find() {
    for (MatchMode mode : MatchMode.values()) {
      try (Arena arena = Arena.ofConfined()) {
        findIn(mode, arena);
      }
    }
  }

  private void findIn(MatchMode mode, Arena arena) {
    HashFrequencies hashFrequencies = new HashFrequencies(texts.units());
    CountingFilter repeats = new CountingFilter(texts.units(), arena);
    for (int number = 0; number < texts.size(); number++) {
      int[] hashes = mode.hashes(texts.text(number));
      hashFrequencies.count(hashes);
      repeats.count(hashes);
    }
    for (int from = 0; from < texts.size(); ) {
      from = findWithBlock(new MatchIndex(mode, hashFrequencies, repeats::repeatedAmong), from);
    }
  }

  /**
   * Fills a block with texts, and finds all pairs with a text of the block.
   *
   * @param block an empty index
   * @param from the first text of the block
   * @return the first text after the block
   */
  private int findWithBlock(MatchIndex block, int from) {
    long units = 0;
    int to = from;
    for (; to < texts.size() && block.postingCount() < blockPostings; to++) {
      TokenHashes text = texts.text(to);
      block.add(text);
      units += text.count();
    }
    if (block.postingCount() > 0) {
      block.sort();
      int most = NearTexts.MAX_COMPARED * (int) (1 + units / COMPARED_UNITS);
      for (int number = 0; number < texts.size(); number++) {
        int text = number;
        block.find(
            texts.text(text),
            most,
            added -> texts.text(from + added),
            added -> pairs.has(from + added, text),
            added -> pairs.add(from + added, text));
      }
    }
    return to;
  }
}
