package io.plumbline.evaluation.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a list of a run's items.
 *
 * @param onlyWrong whether items with the full score by every scorer are left out
 * @param abstained whether items that were not abstained from are left out
 * @param below leaves out items without a score below it; absent for no such condition
 * @param cell the cells of the confusion table that count the items; absent for no such condition
 */
public record RunItemFilter(
    boolean onlyWrong, boolean abstained, @Nullable ScoreBelow below, @Nullable Cell cell) {

  /**
   * The condition that an item has a lower score than a value by a scorer. An item without an
   * answer counts as 0. An item that the scorer does not apply to, or that it gave no score, does
   * not meet it.
   */
  public record ScoreBelow(String scorer, double value) {}

  /**
   * The condition that cells of the confusion table count an item, which no perturbed one is.
   *
   * @param label the expected label; absent for any
   * @param prediction the answered label; absent for any
   * @param unlabelled whether items that were answered with a label of the suite are left out
   */
  public record Cell(@Nullable String label, @Nullable String prediction, boolean unlabelled) {}

  public static final RunItemFilter ALL = new RunItemFilter(false, false, null, null);

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
  private static final String CELL =
      """
       AND perturbation = 'NONE' AND label = coalesce(CAST(? AS text), label)
       AND (CAST(? AS text) IS NULL OR prediction = ?)
      """;
  private static final String UNLABELLED =
      """
       AND (prediction IS NULL OR prediction <> ALL ((
         SELECT labels FROM suite JOIN run USING (workspace_id, suite_digest) WHERE run.id = run_id)::text[]))
      """;

  /** Returns the conditions in SQL, each beginning with AND. */
  String sqlConditions() {
    return (onlyWrong ? WRONG : "")
        + (abstained ? ABSTAINED : "")
        + (below == null ? "" : BELOW)
        + (cell == null ? "" : CELL)
        + (cell != null && cell.unlabelled ? UNLABELLED : "");
  }

  /** Returns the parameters of the query: the run, then those of the conditions. */
  List<@Nullable Object> sqlParameters(Object run) {
    List<@Nullable Object> parameters = new ArrayList<>();
    parameters.add(run);
    if (below != null) {
      parameters.addAll(List.of(below.scorer, below.scorer, below.value));
    }
    if (cell != null) {
      parameters.add(cell.label);
      parameters.add(cell.prediction);
      parameters.add(cell.prediction);
    }
    return parameters;
  }
}
