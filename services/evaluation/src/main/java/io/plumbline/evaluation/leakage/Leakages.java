package io.plumbline.evaluation.leakage;

import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The stored leakage of each run, which is written once. */
@Repository
public class Leakages {

  private final JdbcClient sql;
  private final JsonMapper json;

  Leakages(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  @Transactional
  public void add(UUID run, LeakageCheck.Result result) {
    sql.sql(
            """
            INSERT INTO run_leakage (workspace_id, run_id, leakage, excluded, refused)
            VALUES (?, ?, ?::jsonb, ?, ?) ON CONFLICT DO NOTHING
            """)
        .param(Caller.current().workspace())
        .param(run)
        .param(json.writeValueAsString(result.leakage()))
        .param(result.excluded().stream().sorted().toArray(String[]::new))
        .param(result.leakage().exceedsTolerance())
        .update();
  }

  @Transactional(readOnly = true)
  public Optional<LeakageCheck.Result> find(UUID run) {
    return sql.sql("SELECT leakage, excluded FROM run_leakage WHERE run_id = ?")
        .param(run)
        .query((row, number) ->
            new LeakageCheck.Result(
                json.readValue(row.getString("leakage"), Leakage.class),
                new HashSet<>(Columns.texts(row, "excluded"))))
        .optional();
  }

  /** Returns the leakage of each of these runs; a run without a comparison has no entry. */
  @Transactional(readOnly = true)
  public Map<UUID, Leakage> ofRuns(Collection<UUID> runs) {
    return sql
        .sql("SELECT run_id, leakage FROM run_leakage WHERE run_id = ANY (?)")
        .param(runs.toArray(UUID[]::new))
        .query((row, number) ->
            Map.entry(
                row.getObject("run_id", UUID.class),
                json.readValue(row.getString("leakage"), Leakage.class)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
