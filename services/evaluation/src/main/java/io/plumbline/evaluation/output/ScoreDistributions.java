package io.plumbline.evaluation.output;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Computes how the scores that scorers give to the items of runs are distributed. */
@Repository
public class ScoreDistributions {

  private static final int RANGES = ScoreDistribution.INNER_RANGES + 2;

  private final JdbcClient sql;

  public ScoreDistributions(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * Returns the distributions of a run.
   *
   * @param scorers the names of the scorers, in the order of the result
   */
  public List<ScoreDistribution> of(UUID run, List<String> scorers) {
    Map<String, int[]> counted = countsByRange(run);
    Map<String, Integer> notApplicable = countNotApplicable(run);
    return scorers.stream()
        .map(scorer ->
            ScoreDistribution.of(
                scorer,
                counted.getOrDefault(scorer, new int[RANGES]),
                notApplicable.getOrDefault(scorer, 0)))
        .toList();
  }

  private Map<String, int[]> countsByRange(UUID run) {
    Map<String, int[]> counted = new HashMap<>();
    sql.sql(
            """
            SELECT scorer, CASE WHEN score <= 0 THEN 0 ELSE width_bucket(score, 0, 1, :between) END AS place, count(*)
            FROM (SELECT s.scorer, (s.given ->> 'score')::double precision AS score
              FROM run_item, jsonb_each(scores) s (scorer, given)
              WHERE run_id = :run AND perturbation = 'NONE') each
            GROUP BY scorer, place
            """)
        .param("run", run)
        .param("between", ScoreDistribution.INNER_RANGES)
        .query(row -> {
          counted
                  .computeIfAbsent(row.getString("scorer"), scorer -> new int[RANGES])[
                  row.getInt("place")] +=
              row.getInt("count");
        });
    return counted;
  }

  private Map<String, Integer> countNotApplicable(UUID run) {
    Map<String, Integer> counted = new HashMap<>();
    sql.sql(
            """
            SELECT scorer, count(*) FROM run_item, unnest(not_applicable) scorer
            WHERE run_id = ? AND perturbation = 'NONE' GROUP BY scorer
            """)
        .param(run)
        .query(row -> {
          counted.put(row.getString("scorer"), row.getInt("count"));
        });
    return counted;
  }
}
