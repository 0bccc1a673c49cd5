package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Phase;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Recorded baselines, which never change. Callers run in a transaction. */
@Repository
class Baselines {

  private final JdbcClient sql;

  Baselines(JdbcClient sql) {
    this.sql = sql;
  }

  int nextNumber(String application) {
    sql.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 1))")
        .param(Caller.current().workspace() + application)
        .query()
        .listOfRows();
    return sql.sql("SELECT coalesce(max(number), 0) + 1 FROM baseline WHERE application = ?")
        .param(application)
        .query(Integer.class)
        .single();
  }

  void add(Baseline baseline) {
    sql.sql("INSERT INTO baseline VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            Caller.current().workspace(),
            baseline.baselineId(),
            baseline.application(),
            baseline.phase().name(),
            baseline.runId(),
            baseline.number(),
            baseline.recordedBy(),
            baseline.recordedAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** The newest first. */
  List<Baseline> of(String application) {
    return sql.sql("SELECT * FROM baseline WHERE application = ? ORDER BY number DESC LIMIT 1000")
        .param(application)
        .query(Baselines::baseline)
        .list();
  }

  boolean isBaseline(String application, UUID run) {
    return of(application).stream().anyMatch(b -> b.runId().equals(run));
  }

  private static Baseline baseline(ResultSet row, int number) throws SQLException {
    return new Baseline(
        row.getObject("id", UUID.class),
        row.getString("application"),
        Phase.valueOf(row.getString("phase")),
        row.getObject("run_id", UUID.class),
        row.getInt("number"),
        row.getString("recorded_by"),
        Columns.instant(row, "recorded_at"));
  }
}
