package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelAnswer.Passage;
import io.plumbline.evaluation.answer.PassageMatcher;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import io.plumbline.items.PassageReference;
import java.util.ArrayList;
import java.util.List;

/**
 * The scorer of how well retrieval found the passages that the item refers to. Each reference
 * counts once, however many retrieved passages match it.
 *
 * @param k how many of the retrieved passages count, the best first
 */
record RetrievalScoring(Figure figure, int k) implements Scoring {

  /** The figure that is computed from a ranking. */
  enum Figure {
    /** The share of the references that were found. */
    RECALL,
    /**
     * One over the rank of the first passage that matches a reference: E. M. Voorhees, The TREC-8
     * question answering track report, TREC 1999.
     */
    RECIPROCAL_RANK,
    /** The normalised discounted cumulative gain, as {@link RetrievalScoring#ndcg} computes it. */
    NDCG
  }

  @Override
  public Score score(Expected expected, ModelAnswer answer) {
    List<Passage> ranking = answer.passages().stream().limit(k).toList();
    if (ranking.isEmpty()) {
      return Score.zero("No passages were retrieved.");
    }
    List<PassageReference> references = expected.passages().stream().distinct().toList();
    List<Integer> found = newMatchesByRank(ranking, references);
    int all = found.stream().mapToInt(Integer::intValue).sum();
    double value =
        switch (figure) {
          case RECALL -> (double) all / references.size();
          case RECIPROCAL_RANK -> reciprocalRank(found);
          case NDCG -> ndcg(found, references.size());
        };
    return new Score(
        value,
        "%d of %d passages referred to are among the first %d retrieved%s."
            .formatted(
                all,
                references.size(),
                ranking.size(),
                all == 0 ? "" : ", the first at rank " + (firstMatchIndex(found) + 1)));
  }

  /**
   * Returns, in the order of the ranking, how many references each passage matches that no better
   * passage matches.
   */
  private static List<Integer> newMatchesByRank(
      List<Passage> ranking, List<PassageReference> references) {
    List<PassageReference> missing = new ArrayList<>(references);
    List<Integer> found = new ArrayList<>();
    for (Passage passage : ranking) {
      int before = missing.size();
      missing.removeIf(reference -> PassageMatcher.matches(passage, reference));
      found.add(before - missing.size());
    }
    return found;
  }

  private static int firstMatchIndex(List<Integer> found) {
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i) > 0) {
        return i;
      }
    }
    return -1;
  }

  private static double reciprocalRank(List<Integer> found) {
    int first = firstMatchIndex(found);
    if (first < 0) {
      return 0;
    }
    return 1.0 / (first + 1);
  }

  /**
   * Returns the normalised discounted cumulative gain: K. Järvelin, J. Kekäläinen, Cumulated
   * gain-based evaluation of IR techniques, ACM TOIS 20 (2002) 422–446, with gains of 0 and 1 and
   * the discount log2(rank + 1). The ideal ranking begins with the references, one after the other.
   * References that one passage matches together count as one, so that a ranking that cannot be
   * improved has 1.
   */
  private double ndcg(List<Integer> found, int references) {
    double gain = 0;
    int ideal = references;
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i) > 0) {
        gain += discount(i);
        ideal -= found.get(i) - 1;
      }
    }
    double best = 0;
    for (int i = 0; i < Math.min(ideal, k); i++) {
      best += discount(i);
    }
    // Rounding may give slightly more than 1, which is the exact maximum.
    return Math.min(1, gain / best);
  }

  private static double discount(int index) {
    return Math.log(2) / Math.log(index + 2.0);
  }

  @Override
  public boolean applies(Expected expected) {
    return !expected.passages().isEmpty();
  }

  @Override
  public String scopeInWords() {
    return "passages";
  }
}
