package io.plumbline.platform.similarity;

import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/** Texts that are found in one {@linkplain MatchMode way}, by their leads. */
final class MatchIndex {

  private final MatchMode way;
  private final Rarity rarity;
  private final UnaryOperator<int[]> shared;
  private final PrefixFilter leads = new PrefixFilter();

  /**
   * @param rarity of the hashes, counted before
   * @param shared of a text's hashes those that others may have
   */
  MatchIndex(MatchMode way, Rarity rarity, UnaryOperator<int[]> shared) {
    this.way = way;
    this.rarity = rarity;
    this.shared = shared;
  }

  /** Adds the text of the next number. */
  void add(TokenHashes text) {
    if (way.finds(text)) {
      int[] hashes = way.hashes(text);
      int[] some = shared.apply(hashes);
      leads.addRarest(
          rarity.rarestFirst(some), hashes.length - some.length, way.missing(hashes.length));
    } else {
      leads.skip();
    }
  }

  /** How many its texts have. */
  int leads() {
    return leads.size();
  }

  /** No text is added after this. */
  void sort() {
    leads.sort();
  }

  /**
   * Finds the texts that a text is near.
   *
   * @param most texts that it is compared with
   * @param texts those that were added, by their numbers
   * @param known the numbers of those that need no comparison, and are not reported
   */
  void find(TokenHashes text, int most, IntFunction<TokenHashes> texts, IntPredicate known, IntConsumer found) {
    if (!way.searches(text)) {
      return;
    }
    MatchMode.Comparison comparison = way.comparison(text);
    int[] rarest = rarity.rarestFirst(leads.among(way.hashes(text)));
    leads.follow(
        rarest, rarest.length, 1, most, number -> compare(comparison, texts, number, known, found));
  }

  /**
   * @return whether the text was worth a comparison, and not done with at a glance
   */
  static boolean compare(
      MatchMode.Comparison comparison,
      IntFunction<TokenHashes> texts,
      int number,
      IntPredicate known,
      IntConsumer found) {
    if (known.test(number)) {
      return false;
    }
    TokenHashes added = texts.apply(number);
    if (!comparison.isWorthwhile(added)) {
      return false;
    }
    if (comparison.isNear(added)) {
      found.accept(number);
    }
    return true;
  }
}
