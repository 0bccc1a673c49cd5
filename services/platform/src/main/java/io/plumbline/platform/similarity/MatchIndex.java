package io.plumbline.platform.similarity;

import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/**
 * An index of texts that are found in one {@linkplain MatchMode mode}, by a {@linkplain
 * PrefixFilter prefix filter}.
 */
final class MatchIndex {

  private final MatchMode mode;
  private final HashFrequencies hashFrequencies;
  private final UnaryOperator<int[]> shared;
  private final PrefixFilter filter = new PrefixFilter();

  /**
   * @param hashFrequencies the frequencies of the hashes, all of which have been counted
   * @param shared returns those of a text's hashes that other texts may have
   */
  MatchIndex(MatchMode mode, HashFrequencies hashFrequencies, UnaryOperator<int[]> shared) {
    this.mode = mode;
    this.hashFrequencies = hashFrequencies;
    this.shared = shared;
  }

  /** Adds the text of the next number. */
  void add(TokenHashes text) {
    if (mode.canBeFound(text)) {
      int[] hashes = mode.hashes(text);
      int[] some = shared.apply(hashes);
      filter.addRarest(
          hashFrequencies.rarestFirst(some),
          hashes.length - some.length,
          mode.maxMissingHashes(hashes.length));
    } else {
      filter.skip();
    }
  }

  /** Returns the number of entries that the index holds in memory. */
  int postingCount() {
    return filter.size();
  }

  /** Sorts the index; no text may be added after this. */
  void sort() {
    filter.sort();
  }

  /**
   * Finds the texts that a text is near.
   *
   * @param most the maximum number of texts that it is compared with
   * @param texts returns the added text of a number
   * @param known accepts the numbers of texts that need no comparison; they are not reported
   */
  void find(
      TokenHashes text,
      int most,
      IntFunction<TokenHashes> texts,
      IntPredicate known,
      IntConsumer found) {
    if (!mode.canSearch(text)) {
      return;
    }
    MatchMode.Comparison comparison = mode.comparison(text);
    int[] rarest = hashFrequencies.rarestFirst(filter.indexedAmong(mode.hashes(text)));
    filter.compareCandidates(
        rarest, rarest.length, 1, most, number -> compare(comparison, texts, number, known, found));
  }

  /**
   * Compares an added text, unless it is known or a quick check rules it out, and reports it when
   * it is near.
   *
   * @return whether the text was compared in full
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
