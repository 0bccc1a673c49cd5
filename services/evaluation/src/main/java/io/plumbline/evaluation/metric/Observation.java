package io.plumbline.evaluation.metric;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One item of a run, answered or failed. An item that failed counts as the worst: it has score 0 by
 * every scorer that applies to it, counts as not abstained from, agrees with nothing, is as slow as
 * its deadline, and costs as much as the dearest answered item.
 *
 * @param label the correct answer; absent where items are not labelled
 * @param prediction the label that was answered; absent when there is none, when it could not be
 *     read, and when the item failed
 * @param scores by the name of their scorer, between 0 and 1; empty when the item failed
 * @param unscored why a scorer gave the answer no score, by its name; a judge may not have replied
 * @param notApplicable the names of the scorers that do not apply to the item
 * @param abstained whether the variant abstained
 * @param confidence the model's confidence in its answer; absent where the model gives none
 * @param failed whether there was no answer
 * @param costUsd what the call cost; absent when the price is unknown, or when the item failed
 */
public record Observation(
    String itemId,
    Perturbation perturbation,
    @Nullable String label,
    @Nullable String prediction,
    Map<String, Double> scores,
    Map<String, String> unscored,
    Collection<String> notApplicable,
    boolean abstained,
    @Nullable Double confidence,
    boolean failed,
    double latencyMillis,
    @Nullable BigDecimal costUsd) {

  public Observation {
    notApplicable = Set.copyOf(notApplicable);
  }

  /**
   * Returns whether a scorer applies to the item. The metrics of a scorer are over these items
   * alone.
   */
  public boolean isApplicable(String scorer) {
    return !notApplicable.contains(scorer);
  }

  public double score(String scorer) {
    return scores.getOrDefault(scorer, 0.0);
  }

  /** Returns whether a scorer gives the item the full score. */
  public boolean isRight(String scorer) {
    return score(scorer) >= 1;
  }

  /**
   * Returns the squared distance between the confidence of the answer and 1 if the answer is right,
   * 0 if it is wrong. Returns 1 where there is no answer or no confidence.
   */
  double brierScore(String scorer) {
    Double sure = confidence;
    if (failed || sure == null) {
      return 1;
    }
    double distance = sure - (isRight(scorer) ? 1 : 0);
    return distance * distance;
  }

  /** Returns the same observation with another cost. */
  public Observation withCost(@Nullable BigDecimal usd) {
    return new Observation(
        itemId,
        perturbation,
        label,
        prediction,
        scores,
        unscored,
        notApplicable,
        abstained,
        confidence,
        failed,
        latencyMillis,
        usd);
  }

  public boolean isOriginal() {
    return perturbation == Perturbation.NONE;
  }
}
