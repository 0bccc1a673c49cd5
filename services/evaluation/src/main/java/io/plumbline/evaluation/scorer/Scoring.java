package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import java.util.Optional;

/**
 * A scorer at work: a pure function of an output and what its item expects. It gives a score to any
 * output, however long or malformed, in time that is bounded by its length.
 */
interface Scoring {

  Score score(Expected expected, ModelAnswer answer);

  /** Whether an item has anything that it could score; else it counts in none of its metrics. */
  default boolean applies(Expected expected) {
    return true;
  }

  /**
   * What the items have to which it applies, as {@code passages}; empty where it applies to all.
   */
  default String scope() {
    return "";
  }

  /** What an item does not have and the scorer needs, as {@code references}; mostly nothing. */
  default Optional<String> lacks(Expected expected) {
    return Optional.empty();
  }

  /** Whether each item has to have it; else one of all is enough. */
  default boolean needsEach() {
    return true;
  }
}
