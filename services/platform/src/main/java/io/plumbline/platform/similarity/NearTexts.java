package io.plumbline.platform.similarity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/**
 * Finds texts again in other texts that were padded, cut or changed a little. A text is near an
 * added one in either of two modes:
 *
 * <ul>
 *   <li><b>In order</b>: the longer text has at most twice as many units, and {@value #IN_ORDER} of
 *       the units of the shorter one in the same order (as ROUGE-L counts them, C.-Y. Lin, 2004). A
 *       text is found although half of it is filler, wherever the filler stands, or although half
 *       of it was left out. Texts of fewer than {@value #MIN_WORDS} words are near no other, and
 *       texts of more than {@value #MAX_ORDERED} units are compared in the second mode only.
 *   <li><b>Inside</b>: the text has {@value #INSIDE} of the added one's shingles, and may be of any
 *       length (containment, A. Z. Broder, On the resemblance and containment of documents, 1997).
 *       Added texts of fewer than {@value #MIN_INSIDE} words are not searched for, because such
 *       phrases occur in texts by chance.
 * </ul>
 *
 * <p>Equal texts of any length are found by their {@linkplain NormalText#key() keys}. The
 * thresholds are measured (ADR 28). In each mode a text is compared in full with at most {@value
 * #MAX_COMPARED} added texts, those that share the rarest hashes with it, so that the cost of texts
 * with the same boilerplate grows only with their number. This takes about 20 bytes for each added
 * unit. An instance is for one thread.
 */
public final class NearTexts {

  public static final double IN_ORDER = 0.92;

  public static final int MIN_WORDS = 8;

  public static final int MAX_ORDERED = 2_000;

  public static final double INSIDE = 0.8;

  public static final int MIN_INSIDE = 10;

  public static final int MAX_COMPARED = 1_000;

  private final List<TokenHashes> texts = new ArrayList<>();
  private int indexed;
  private HashFrequencies units = new HashFrequencies(0);
  private PrefixFilter allHashes = new PrefixFilter();
  private List<MatchIndex> indexes = List.of();

  /** Adds a text, which gets the next number; the first has 0. */
  public void add(TokenHashes text) {
    texts.add(text);
  }

  /**
   * Finds the added texts that a text is near; some may be reported twice.
   *
   * @param known accepts the numbers of texts that need no comparison; they are not reported
   */
  public void find(TokenHashes text, IntPredicate known, IntConsumer found) {
    if (indexed < texts.size()) {
      indexAdded();
    }
    indexes.forEach(each -> each.find(text, MAX_COMPARED, texts::get, known, found));
    if (indexed > 0 && MatchMode.IN_ORDER.canSearch(text)) {
      findContaining(text, known, found);
    }
  }

  /** Finds the added texts that contain the text, by the text's own rarest hashes. */
  private void findContaining(TokenHashes text, IntPredicate known, IntConsumer found) {
    MatchMode.Comparison comparison = MatchMode.IN_ORDER.comparison(text);
    int[] rarest = units.rarestFirst(text.hashes());
    int missing = MatchMode.IN_ORDER.maxMissingHashes(text.count());
    allHashes.compareCandidates(
        rarest,
        PrefixFilter.prefixLength(missing, rarest.length),
        PrefixFilter.requiredHits(missing, rarest.length),
        MAX_COMPARED,
        number -> MatchIndex.compare(comparison, texts::get, number, known, found));
  }

  private void indexAdded() {
    indexed = texts.size();
    units = countFrequencies(MatchMode.IN_ORDER);
    indexes =
        List.of(
            buildIndex(MatchMode.IN_ORDER, units),
            buildIndex(MatchMode.INSIDE, countFrequencies(MatchMode.INSIDE)));
    allHashes = new PrefixFilter();
    for (TokenHashes text : texts) {
      if (MatchMode.IN_ORDER.canBeFound(text)) {
        int[] distinct = units.rarestFirst(text.hashes());
        allHashes.add(distinct, distinct.length, 1);
      } else {
        allHashes.skip();
      }
    }
    allHashes.sort();
  }

  private MatchIndex buildIndex(MatchMode mode, HashFrequencies hashFrequencies) {
    MatchIndex index = new MatchIndex(mode, hashFrequencies, UnaryOperator.identity());
    texts.forEach(index::add);
    index.sort();
    return index;
  }

  private HashFrequencies countFrequencies(MatchMode mode) {
    HashFrequencies hashFrequencies =
        new HashFrequencies(texts.stream().mapToLong(TokenHashes::count).sum());
    texts.forEach(text -> hashFrequencies.count(mode.hashes(text)));
    return hashFrequencies;
  }
}
