package io.plumbline.evaluation.output;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of one question with what it was read from.
 *
 * @param output absent when there was no answer, and where it is kept already: that of an earlier
 *     run
 * @param replies of judges, by the names of their scorers
 */
public record Answer(RunItem item, @Nullable Output output, Map<String, Output> replies) {

  public Answer {
    replies = Map.copyOf(replies);
  }
}
