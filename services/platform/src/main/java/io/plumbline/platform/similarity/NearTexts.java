package io.plumbline.platform.similarity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Texts to be found again in others that were padded, cut or changed a little. A text is near an
 * added one in either of two ways:
 *
 * <ul>
 *   <li><b>In order</b>: the longer one has at most twice as many units, and {@value #IN_ORDER} of
 *       those of the shorter one in the same order (as ROUGE-L counts them, C.-Y. Lin, 2004).
 *       Filler up to a half of a text hides nothing, wherever it stands, nor does leaving out a
 *       half. Texts of fewer than {@value #LEAST_WORDS} words are near no other, and those of more
 *       than {@value #MOST_ORDERED} units are compared in the second way only.
 *   <li><b>Inside</b>: it has {@value #INSIDE} of the added one's shingles, and may be as long as
 *       it likes (containment, A. Z. Broder, On the resemblance and containment of documents,
 *       1997). Added texts of fewer than {@value #LEAST_INSIDE} words are phrases that stand in
 *       texts by chance, and are not looked for.
 * </ul>
 *
 * <p>Equal texts are found by their {@linkplain NormalText#key() keys}, of any length. The
 * thresholds are measured (ADR 28). A text is compared in full with {@value #MOST_COMPARED} added
 * ones at most in each way, those with which it has the rarest in common, so that texts of one
 * boilerplate cost no more than their number. Needs some 20 bytes for each unit that was added. Not
 * for several threads.
 */
public final class NearTexts {

  public static final double IN_ORDER = 0.92;

  public static final int LEAST_WORDS = 8;

  public static final int MOST_ORDERED = 2_000;

  public static final double INSIDE = 0.8;

  public static final int LEAST_INSIDE = 10;

  public static final int MOST_COMPARED = 1_000;

  /**
   * How a text is found among the added ones: where enough of the hashes of one are in the other,
   * so are {@value #HITS} of any that are so many more than may be missing, such as the rarest (the
   * prefix filter of S. Chaudhuri, V. Ganti, R. Kaushik, 2006). These are its leads.
   */
  private static final class Leads {

    /** Pairs that lead to nothing worth a comparison are followed so far. */
    private static final int MOST_FOLLOWED = 100 * MOST_COMPARED;

    /** One rare word in common is chance. */
    private static final int HITS = 3;

    private final Postings postings = new Postings();
    private final int[] seen;
    private final int[] hits;
    private final int[] wanted;
    private int search;
    private int followed;
    private int compared;

    Leads(int texts) {
      seen = new int[texts];
      hits = new int[texts];
      wanted = new int[texts];
    }

    /**
     * @param wanted how many have to be met
     */
    void add(int[] hashes, int count, int wanted, int text) {
      this.wanted[text] = wanted;
      for (int i = 0; i < count; i++) {
        postings.add(hashes[i], text);
      }
    }

    /** How many of {@code distinct} hashes are leads where so many occurrences may be missing. */
    static int count(int missing, int distinct) {
      return Math.min(missing + HITS, distinct);
    }

    static int wanted(int missing, int distinct) {
      return Math.max(1, count(missing, distinct) - missing);
    }

    void begin() {
      search++;
      followed = 0;
      compared = 0;
    }

    /**
     * @param compare whether the text was worth a comparison, and not done with at a glance
     */
    void follow(int hash, int wantedHere, IntPredicate compare) {
      for (int at = postings.first(hash); postings.has(at, hash); at++) {
        if (compared == MOST_COMPARED || followed++ == MOST_FOLLOWED) {
          return;
        }
        int text = postings.text(at);
        if (seen[text] != search) {
          seen[text] = search;
          hits[text] = 0;
        }
        if (++hits[text] == Math.max(wantedHere, wanted[text])) {
          compared += compare.test(text) ? 1 : 0;
        }
      }
    }
  }

  private final boolean parts;
  private final List<Units> texts = new ArrayList<>();
  private int indexed;
  private Rarity units = new Rarity();
  private Rarity shingles = new Rarity();
  private Leads ordered = new Leads(0);
  private Leads partly = new Leads(0);
  private Leads inside = new Leads(0);

  /**
   * @param parts whether texts that are a part of an added one are found, too; not needed where
   *     every text is both added and looked for
   */
  public NearTexts(boolean parts) {
    this.parts = parts;
  }

  /** Adds the text of the next number; the first has 0. */
  public void add(Units text) {
    texts.add(text);
  }

  /**
   * Finds the added texts that a text is near; some may be reported twice.
   *
   * @param known the numbers of those that need no comparison, and are not reported
   */
  public void find(Units text, IntPredicate known, IntConsumer found) {
    if (indexed < texts.size()) {
      index();
    }
    if (text.words() >= LEAST_WORDS && !texts.isEmpty()) {
      findInOrder(text, known, found);
      findInside(text, known, found);
    }
  }

  private void findInOrder(Units text, IntPredicate known, IntConsumer found) {
    int count = text.count();
    if (count > MOST_ORDERED) {
      return;
    }
    CommonOrder order = new CommonOrder(text.hashes());
    IntPredicate compare =
        number -> {
          Units added = texts.get(number);
          int shorter = Math.min(count, added.count());
          if (2 * shorter < Math.max(count, added.count()) || known.test(number)) {
            return false;
          }
          if (order.has(needed(IN_ORDER, shorter), added.hashes())) {
            found.accept(number);
          }
          return true;
        };
    int[] rarest = units.rarestFirst(text.hashes());
    ordered.begin();
    for (int unit : rarest) {
      ordered.follow(unit, 1, compare);
    }
    partly.begin();
    int missing = count - needed(IN_ORDER, count);
    for (int i = 0; parts && i < Leads.count(missing, rarest.length); i++) {
      partly.follow(rarest[i], Leads.wanted(missing, rarest.length), compare);
    }
  }

  private void findInside(Units text, IntPredicate known, IntConsumer found) {
    int[] rarest = shingles.rarestFirst(text.shingles());
    int[] sorted = rarest.clone();
    Arrays.sort(sorted);
    inside.begin();
    for (int shingle : rarest) {
      inside.follow(
          shingle,
          1,
          number -> {
            Units added = texts.get(number);
            if (text.count() < INSIDE * added.count() || known.test(number)) {
              return false;
            }
            int[] wanted = added.shingles();
            long has =
                IntStream.of(wanted).filter(each -> Arrays.binarySearch(sorted, each) >= 0).count();
            if (has >= needed(INSIDE, wanted.length)) {
              found.accept(number);
            }
            return true;
          });
    }
  }

  private void index() {
    indexed = texts.size();
    units = new Rarity();
    shingles = new Rarity();
    for (Units text : texts) {
      units.count(text.hashes());
      shingles.count(text.shingles());
    }
    ordered = new Leads(indexed);
    partly = new Leads(indexed);
    inside = new Leads(indexed);
    for (int number = 0; number < indexed; number++) {
      Units text = texts.get(number);
      double words = text.words();
      if (words >= LEAST_WORDS && text.count() <= MOST_ORDERED) {
        int[] rarest = units.rarestFirst(text.hashes());
        lead(ordered, rarest, text.count() - needed(IN_ORDER, text.count()), number);
        partly.add(rarest, parts ? rarest.length : 0, 1, number);
      }
      if (words >= LEAST_INSIDE) {
        int[] all = text.shingles();
        lead(inside, shingles.rarestFirst(all), all.length - needed(INSIDE, all.length), number);
      }
    }
    ordered.postings.sort();
    partly.postings.sort();
    inside.postings.sort();
  }

  private static int needed(double share, int of) {
    return (int) Math.ceil(share * of - 1e-9);
  }

  private static void lead(Leads leads, int[] rarest, int missing, int text) {
    int count = Leads.count(missing, rarest.length);
    leads.add(rarest, count, Leads.wanted(missing, rarest.length), text);
  }
}
