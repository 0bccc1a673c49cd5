package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.Score;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scores that the scorers of a suite give one item.
 *
 * @param scores the scores by the names of scorers, in the order of the suite
 * @param notApplicable the names of scorers that do not apply to the item, whose metrics are
 *     measured without it
 */
public record ItemScores(Map<String, Score> scores, List<String> notApplicable) {

  public ItemScores {
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    notApplicable = List.copyOf(notApplicable);
  }
}
