package io.plumbline.strategy.assessment;

import io.plumbline.strategy.Approach;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result that follows from the answers and the evidence.
 *
 * @param evidence the answer to each question of the tree with its source: {@code measured:…} or
 *     {@code estimate}
 * @param smallestFlip the smallest change of a single answer that leads to another approach; absent
 *     if there is none
 * @param scores the points of each approach from the triggers; the tree decides, and the scores
 *     show how contested the decision is
 * @param contested whether another approach has more points than the chosen one
 */
public record Assessment(
    Approach approach,
    String because,
    List<String> path,
    List<Evidenced> evidence,
    Diagnosis.@Nullable Flip smallestFlip,
    List<Diagnosis.Flip> flips,
    Map<Approach, Integer> scores,
    List<Contribution> contributions,
    boolean contested) {

  /** An answer with its source. */
  public record Evidenced(Question question, String answer, String source) {}

  /** The points that one trigger gives to one approach. */
  public record Contribution(
      DecisionFactor trigger, Approach approach, int points, String because) {}
}
