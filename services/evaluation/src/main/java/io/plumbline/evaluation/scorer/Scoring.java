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
   * Returns whether the scorer applies to an item. Other items count in none of the scorer's
   * metrics.
   */
  default boolean applies(Expected expected) {
    return true;
  }

  /**
   * Returns in words what the items have that the scorer applies to, as {@code passages}; empty
   * where it applies to all items.
   */
  default String scopeInWords() {
    return "";
  }

  /**
   * Returns what the scorer needs and an item lacks, as {@code references}; empty where the item
   * lacks nothing.
   */
  default Optional<String> missingPart(Expected expected) {
    return Optional.empty();
  }

  /**
   * Returns whether each item must have what the scorer needs; otherwise one item of the suite is
   * enough.
   */
  default boolean requiresEveryItem() {
    return true;
  }
}
