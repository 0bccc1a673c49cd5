package io.plumbline.evaluation.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which answers of a run are listed.
 *
 * @param onlyWrong leaves out answers to which every scorer gives the full score
 * @param abstained leaves out what was answered
 * @param below leaves out what does not have a score below it; absent to ask for no score
 */
public record RunItemFilter(boolean onlyWrong, boolean abstained, @Nullable ScoreBelow below) {

  /**
   * Items that have a lower score by a scorer, and those without an answer, which count as 0. Those
   * to which the scorer does not apply, or which it gave no score, have none.
   */
  public record ScoreBelow(String scorer, double value) {}

  public static final RunItemFilter ALL = new RunItemFilter(false, false, null);

  private static final String WRONG =
      """
       AND (NOT answered OR EXISTS (SELECT FROM jsonb_each(scores) s (name, score)
         WHERE (s.score ->> 'score')::numeric < 1))
      """;
  private static final String ABSTAINED = " AND abstained";
  private static final String BELOW =
      """
       AND NOT CAST(? AS text) = ANY (not_applicable)
       AND CASE WHEN answered THEN (scores -> CAST(? AS text) ->> 'score')::numeric ELSE 0 END < ?
      """;

  /** Conditions that go on after another one. */
  String conditions() {
    return (onlyWrong ? WRONG : "") + (abstained ? ABSTAINED : "") + (below == null ? "" : BELOW);
  }

  /** The run, and what the conditions leave open. */
  List<Object> parameters(Object run) {
    List<Object> parameters = new ArrayList<>();
    parameters.add(run);
    if (below != null) {
      parameters.addAll(List.of(below.scorer, below.scorer, below.value));
    }
    return parameters;
  }
}
