package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import java.util.Set;

/**
 * The scorer of abstention. Items are out of scope if the documents do not answer their question or
 * their label says so; all others are in scope. It checks either whether the variant abstained from
 * items out of scope, or whether it answered items in scope.
 *
 * @param inScope whether the scorer is for items in scope, and not for those out of scope
 * @param labels the labels of items out of scope
 */
record ScopeScoring(boolean inScope, Set<String> labels) implements Scoring {

  /** The description of items that their documents answer. */
  static final String ANSWERABLE = "answers that are not empty";

  @Override
  public Score score(Expected expected, ModelAnswer answer) {
    if (answer.abstained()) {
      return Score.of(!inScope, "The variant abstained.");
    }
    return Score.of(inScope, "The variant did not abstain.");
  }

  @Override
  public boolean applies(Expected expected) {
    String label = expected.label();
    boolean outOfScope = expected.isUnanswerable() || (label != null && labels.contains(label));
    return outOfScope != inScope;
  }

  @Override
  public String scopeInWords() {
    if (inScope) {
      return labels.isEmpty() ? ANSWERABLE : ANSWERABLE + ", and none of its labels";
    }
    return labels.isEmpty()
        ? "answers that are an empty list"
        : "answers that are an empty list, or one of its labels";
  }
}
