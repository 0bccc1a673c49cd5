package io.plumbline.evaluation.output;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of one question with the output that it was read from.
 *
 * @param output the output; absent when there was no answer, and for an answer of an earlier run,
 *     whose output is stored already
 * @param replies the replies of judges, by the names of their scorers
 */
public record Answer(RunItem item, @Nullable Output output, Map<String, Output> replies) {

  public Answer {
    replies = Map.copyOf(replies);
  }
}
