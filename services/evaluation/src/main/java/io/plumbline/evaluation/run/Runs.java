package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Figures;
import io.plumbline.evaluation.output.JudgeUsage;
import io.plumbline.evaluation.run.turn.OutageDetector;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.web.NewestFirstReader;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The stored runs. Callers run in a transaction. */
@Repository
public class Runs {

  private final JdbcClient sql;
  private final JsonMapper json;
  private final NewestFirstReader<Run> newest;

  Runs(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
    this.newest = new NewestFirstReader<>(sql, "run", this::readRun, Run::id);
  }

  public Optional<Run> find(UUID id) {
    return sql.sql("SELECT * FROM run WHERE id = ?").param(id).query(this::readRun).optional();
  }

  /** Returns the number of the application's newest baseline when the run's attempt started. */
  public int newestBaselineNumber(UUID id) {
    return sql.sql(
            "SELECT a.newest_baseline FROM attempt a JOIN run r ON r.attempt_id = a.id WHERE r.id ="
                + " ?")
        .param(id)
        .query(Integer.class)
        .single();
  }

  /** Returns the finished runs of a subject over validation rows of a split. */
  ExplorationResults exploration(String application, Digest subject, Digest split) {
    return new ExplorationResults(
        sql.sql(
                """
                SELECT r.figures FROM run r JOIN suite s ON s.suite_digest = r.suite_digest
                WHERE r.application = ? AND r.subject_digest = ? AND r.state = 'FINISHED'
                  AND s.definition->>'subset' = 'validation' AND s.definition->>'splitDigest' = ?
                ORDER BY r.finished_at, r.id
                """)
            .params(application, subject.hex(), split.hex())
            .query((row, number) -> json.readValue(row.getString("figures"), Figures.class))
            .list());
  }

  /** Returns a run, locked until the transaction ends, so that it ends only once. */
  Optional<Run> lock(UUID id) {
    return sql.sql("SELECT * FROM run WHERE id = ? FOR UPDATE")
        .param(id)
        .query(this::readRun)
        .optional();
  }

  Page<Run> list(@Nullable String application, PageRequest page) {
    return newest.page(page, "?::text IS NULL OR application = ?", application, application);
  }

  void add(Run run, UUID attempt) {
    sql.sql(
            """
            INSERT INTO run (workspace_id, id, attempt_id, application, suite_digest, model, subject_digest,
              criteria_version, component, seed, fresh, state, total, job_id, created_by, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(Caller.current().workspace())
        .param(run.id())
        .param(attempt)
        .param(run.application())
        .param(run.suiteDigest().hex())
        .param(run.model())
        .param(run.subjectDigest().hex())
        .param(run.criteriaVersion())
        .param(run.component())
        .param(run.seed())
        .param(run.fresh())
        .param(run.state().name())
        .param(run.total())
        .param(run.jobId())
        .param(run.createdBy())
        .param(run.createdAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  void addUncounted(UUID id, OutageDetector.Uncounted uncounted) {
    sql.sql("UPDATE run SET retries = retries + ?, pauses = pauses + ? WHERE id = ?")
        .params(uncounted.retries(), uncounted.pauses(), id)
        .update();
  }

  /**
   * Returns the calls that did not count, by the ids of runs. They are those of all runs of the
   * attempt, since the answers are.
   */
  public Map<UUID, OutageDetector.Uncounted> uncounted(Collection<UUID> ids) {
    Map<UUID, OutageDetector.Uncounted> found = new HashMap<>();
    sql.sql(
            """
            SELECT r.id, sum(all_runs.retries)::int AS retries, sum(all_runs.pauses)::int AS pauses
            FROM run r JOIN run all_runs ON all_runs.attempt_id = r.attempt_id
              AND (all_runs.id = r.id OR r.criteria_version IS NOT NULL)
            WHERE r.id = ANY (?) GROUP BY r.id
            """)
        .param(ids.toArray(UUID[]::new))
        .query(row -> {
          found.put(
              row.getObject("id", UUID.class),
              new OutageDetector.Uncounted(row.getInt("retries"), row.getInt("pauses")));
        });
    return found;
  }

  void end(UUID id, Run.State state, Run.Result result) {
    sql.sql(
            """
            UPDATE run SET state = ?, reason = ?, failed = ?, reused = ?, figures = ?::jsonb,
              judging = ?::jsonb, outputs_digest = ?, cost_usd = ?, finished_at = ?
            WHERE id = ? AND state = 'RUNNING'
            """)
        .param(state.name())
        .param(result.reason())
        .param(result.failed())
        .param(result.reused())
        .param(jsonOrNull(result.figures()))
        .param(jsonOrNull(result.judging()))
        .param(Objects.requireNonNull(result.outputsDigest()).hex())
        .param(result.costUsd())
        .param(Objects.requireNonNull(result.finishedAt()).atOffset(ZoneOffset.UTC))
        .param(id)
        .update();
  }

  private @Nullable String jsonOrNull(@Nullable Object value) {
    return value == null ? null : json.writeValueAsString(value);
  }

  private Run readRun(ResultSet row, int number) throws SQLException {
    return new Run(
        row.getObject("id", UUID.class),
        row.getString("application"),
        new Digest(row.getString("suite_digest")),
        row.getString("model"),
        new Digest(row.getString("subject_digest")),
        row.getObject("criteria_version", Integer.class),
        row.getString("component"),
        row.getLong("seed"),
        row.getBoolean("fresh"),
        row.getInt("total"),
        row.getObject("job_id", UUID.class),
        row.getString("created_by"),
        Columns.instant(row, "created_at"),
        Run.State.valueOf(row.getString("state")),
        result(row));
  }

  private Run.Result result(ResultSet row) throws SQLException {
    String figures = row.getString("figures");
    String judging = row.getString("judging");
    return new Run.Result(
        row.getString("reason"),
        row.getInt("failed"),
        row.getInt("reused"),
        figures == null ? null : json.readValue(figures, Figures.class),
        judging == null ? null : json.readValue(judging, JudgeUsage.class),
        Columns.digestOrNull(row, "outputs_digest"),
        row.getBigDecimal("cost_usd"),
        Columns.instantOrNull(row, "finished_at"));
  }
}
