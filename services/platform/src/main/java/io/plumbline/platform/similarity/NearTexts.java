package io.plumbline.platform.similarity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/**
 * Texts to be found again in others that were padded, cut or changed a little. A text is near an
 * added one in either of two ways:
 *
 * <ul>
 *   <li><b>In order</b>: the longer one has at most twice as many units, and {@value #IN_ORDER} of
 *       those of the shorter one in the same order (as ROUGE-L counts them, C.-Y. Lin, 2004).
 *       Filler up to a half of a text hides nothing, wherever it stands, nor does leaving out a
 *       half. Texts of fewer than {@value #MIN_WORDS} words are near no other, and those of more
 *       than {@value #MAX_ORDERED} units are compared in the second way only.
 *   <li><b>Inside</b>: it has {@value #INSIDE} of the added one's shingles, and may be as long as
 *       it likes (containment, A. Z. Broder, On the resemblance and containment of documents,
 *       1997). Added texts of fewer than {@value #MIN_INSIDE} words are phrases that stand in
 *       texts by chance, and are not looked for.
 * </ul>
 *
 * <p>Equal texts are found by their {@linkplain NormalText#key() keys}, of any length. The
 * thresholds are measured (ADR 28). A text is compared in full with {@value #MAX_COMPARED} added
 * ones at most in each way, those with which it has the rarest in common, so that texts of one
 * boilerplate cost no more than their number. Needs some 20 bytes for each unit that was added. Not
 * for several threads.
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
  private Rarity units = new Rarity(0);
  private PrefixFilter parts = new PrefixFilter();
  private List<MatchIndex> ways = List.of();

  /** Adds the text of the next number; the first has 0. */
  public void add(TokenHashes text) {
    texts.add(text);
  }

  /**
   * Finds the added texts that a text is near; some may be reported twice.
   *
   * @param known the numbers of those that need no comparison, and are not reported
   */
  public void find(TokenHashes text, IntPredicate known, IntConsumer found) {
    if (indexed < texts.size()) {
      index();
    }
    ways.forEach(way -> way.find(text, MAX_COMPARED, texts::get, known, found));
    if (indexed > 0 && MatchMode.IN_ORDER.searches(text)) {
      findWhole(text, known, found);
    }
  }

  /** Finds those of which it is a part, by its own leads. */
  private void findWhole(TokenHashes text, IntPredicate known, IntConsumer found) {
    MatchMode.Comparison comparison = MatchMode.IN_ORDER.comparison(text);
    int[] rarest = units.rarestFirst(text.hashes());
    int missing = MatchMode.IN_ORDER.missing(text.count());
    parts.follow(
        rarest,
        PrefixFilter.count(missing, rarest.length),
        PrefixFilter.wanted(missing, rarest.length),
        MAX_COMPARED,
        number -> MatchIndex.compare(comparison, texts::get, number, known, found));
  }

  private void index() {
    indexed = texts.size();
    units = rarity(MatchMode.IN_ORDER);
    ways = List.of(index(MatchMode.IN_ORDER, units), index(MatchMode.INSIDE, rarity(MatchMode.INSIDE)));
    parts = new PrefixFilter();
    for (TokenHashes text : texts) {
      if (MatchMode.IN_ORDER.finds(text)) {
        int[] distinct = units.rarestFirst(text.hashes());
        parts.add(distinct, distinct.length, 1);
      } else {
        parts.skip();
      }
    }
    parts.sort();
  }

  private MatchIndex index(MatchMode way, Rarity rarity) {
    MatchIndex index = new MatchIndex(way, rarity, UnaryOperator.identity());
    texts.forEach(index::add);
    index.sort();
    return index;
  }

  private Rarity rarity(MatchMode way) {
    Rarity rarity = new Rarity(texts.stream().mapToLong(TokenHashes::count).sum());
    texts.forEach(text -> rarity.count(way.hashes(text)));
    return rarity;
  }
}
