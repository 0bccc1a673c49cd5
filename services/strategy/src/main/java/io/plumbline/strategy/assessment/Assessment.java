package io.plumbline.strategy.assessment;

import io.plumbline.strategy.Approach;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of the answers and the evidence.
 *
 * @param evidence each answer of the tree by the name of its question, with its source: {@code
 *     measured:…} or {@code estimate}
 * @param smallestFlip the smallest change of a single answer that leads elsewhere; absent when none
 *     does
 * @param scores points per approach from the triggers; the tree decides, the scores say how
 *     contested that is
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

  /** What one trigger adds to one approach. */
  public record Contribution(Trigger trigger, Approach approach, int points, String because) {}
}
