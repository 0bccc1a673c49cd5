package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import java.util.Optional;

/**
 * A prepared scorer, which is a pure function of an output and of what its item expects. It gives a
 * score to any output, however long or malformed, in time that is bounded by its length.
 */
interface Scoring {

  Score score(Expected expected, ModelAnswer answer);

  /**
   * Returns whether it applies to an item. An item that it does not apply to counts in none of its
   * metrics.
   */
  default boolean applies(Expected expected) {
    return true;
  }

  /**
   * Returns what the items that it applies to have, as {@code passages}; empty where it applies to
   * all.
   */
  default String scopeInWords() {
    return "";
  }

  /** Returns what it needs and an item lacks, as {@code references}; empty for a complete item. */
  default Optional<String> missingPart(Expected expected) {
    return Optional.empty();
  }

  /** Returns whether each item must have what it needs; otherwise one item of all is enough. */
  default boolean needsEach() {
    return true;
  }
}
