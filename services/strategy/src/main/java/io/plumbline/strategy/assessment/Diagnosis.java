package io.plumbline.strategy.assessment;

import io.plumbline.strategy.Approach;
import java.util.List;

/** The end of a path through the tree, and the path. */
public record Diagnosis(Approach approach, List<Step> path, String because) {

  /** A question on the path, with its answer. */
  public record Step(Question question, String answer) {}

  /**
   * A change of one answer that leads to another approach.
   *
   * @param steps the size of the change in steps of the answer's scale
   */
  public record Flip(Question question, String from, String to, Approach approach, int steps) {}

  public Diagnosis {
    path = List.copyOf(path);
  }
}
