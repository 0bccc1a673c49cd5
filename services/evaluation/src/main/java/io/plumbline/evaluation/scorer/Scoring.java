package io.plumbline.evaluation.scorer;

import io.plumbline.items.Expected;
import java.util.Optional;

/**
 * A scorer at work: a pure function of an output and what its item expects. It gives a score to any
 * output, however long or malformed, in time that is bounded by its length.
 */
interface Scoring {

  Score score(Expected expected, ModelMessage message);

  /** What an item does not have and the scorer needs, as {@code references}; mostly nothing. */
  default Optional<String> lacks(Expected expected) {
    return Optional.empty();
  }

  /** Whether each item has to have it; else one of all is enough. */
  default boolean needsEach() {
    return true;
  }
}
