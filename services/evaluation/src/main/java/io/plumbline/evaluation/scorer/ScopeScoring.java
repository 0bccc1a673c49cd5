package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import java.util.Set;

/**
 * Whether the variant abstained where it should: at questions that the documents do not answer, and
 * at inputs whose label says that they are out of scope. Or whether it did not, at all others.
 *
 * @param inScope whether it is for the others
 * @param labels those that say so
 */
record ScopeScoring(boolean inScope, Set<String> labels) implements Scoring {

  /** The description of items that their documents answer. */
  static final String ANSWERABLE = "answers that are not empty";

  @Override
  public Score score(Expected expected, ModelAnswer answer) {
    return Score.of(
        answer.abstained() != inScope,
        answer.abstained() ? "The variant abstained." : "The variant did not abstain.");
  }

  @Override
  public boolean applies(Expected expected) {
    String label = expected.label();
    boolean outOfScope = expected.unanswerable() || (label != null && labels.contains(label));
    return outOfScope != inScope;
  }

  @Override
  public String scope() {
    if (inScope) {
      return labels.isEmpty() ? ANSWERABLE : ANSWERABLE + ", and none of its labels";
    }
    return labels.isEmpty()
        ? "answers that are an empty list"
        : "answers that are an empty list, or one of its labels";
  }
}
