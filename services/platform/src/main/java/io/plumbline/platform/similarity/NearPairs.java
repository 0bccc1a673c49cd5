package io.plumbline.platform.similarity;

import java.lang.foreign.Arena;

/**
 * Finds which texts of a collection are near others of it, as {@link NearTexts} has it, where they
 * need not fit into memory: in each way the leads of a block of the texts are held at a time, and
 * all texts are looked at for those that they have. Hashes of one text alone lead to nothing and
 * are left out, and with them most texts that have no near ones, so that there are few blocks.
 *
 * <p>Needs some 30 MB of heap, and outside of it two bits for each unit, 64 MB at most. A text is
 * compared in full with {@value NearTexts#MAX_COMPARED} others at most in each way for each
 * {@value #COMPARED_UNITS} units of a block.
 */
public final class NearPairs {

  private static final int BLOCK_LEADS = 2_000_000;

  private static final int COMPARED_UNITS = 1_500_000;

  /** Texts by their numbers, which can be read as often as needed. */
  public interface Texts {

    int size();

    /** Of all texts together. */
    long units();

    TokenHashes text(int number);
  }

  /** Pairs of texts that are near, by their numbers. */
  public interface Pairs {

    /** Whether the pair needs no comparison. */
    boolean has(int left, int right);

    /** Adds a pair that is near; some are added twice. */
    void add(int left, int right);
  }

  private final Texts texts;
  private final Pairs pairs;
  private final int blockLeads;

  public NearPairs(Texts texts, Pairs pairs) {
    this(texts, pairs, BLOCK_LEADS);
  }

  NearPairs(Texts texts, Pairs pairs, int blockLeads) {
    this.texts = texts;
    this.pairs = pairs;
    this.blockLeads = blockLeads;
  }

  public void find() {
    for (MatchMode way : MatchMode.values()) {
      try (Arena arena = Arena.ofConfined()) {
        find(way, arena);
      }
    }
  }

  private void find(MatchMode way, Arena arena) {
    Rarity rarity = new Rarity(texts.units());
    CountingFilter repeats = new CountingFilter(texts.units(), arena);
    for (int number = 0; number < texts.size(); number++) {
      int[] hashes = way.hashes(texts.text(number));
      rarity.count(hashes);
      repeats.count(hashes);
    }
    for (int from = 0; from < texts.size(); ) {
      from = find(new MatchIndex(way, rarity, repeats::among), from);
    }
  }

  /**
   * @param block without texts
   * @param from the first text of the block
   * @return the first one after it
   */
  private int find(MatchIndex block, int from) {
    long units = 0;
    int to = from;
    for (; to < texts.size() && block.leads() < blockLeads; to++) {
      TokenHashes text = texts.text(to);
      block.add(text);
      units += text.count();
    }
    if (block.leads() > 0) {
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
