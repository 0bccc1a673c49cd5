package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Phase;
import io.plumbline.platform.data.AdvisoryLocks;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
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
    AdvisoryLocks.lock(sql, 1, application);
    return sql.sql("SELECT coalesce(max(number), 0) + 1 FROM baseline WHERE application = ?")
        .param(application)
        .query(Integer.class)
        .single();
  }

  void add(Baseline baseline) {
    sql.sql(
            """
            INSERT INTO baseline (workspace_id, id, application, phase, run_id, number, recorded_by, recorded_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
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

  /** Returns the baselines of an application, the newest first. */
  List<Baseline> ofApplication(String application) {
    return sql.sql("SELECT * FROM baseline WHERE application = ? ORDER BY number DESC")
        .param(application)
        .query(Baselines::readBaseline)
        .list();
  }

  Optional<Baseline> ofRun(UUID run) {
    return sql.sql("SELECT * FROM baseline WHERE run_id = ?")
        .param(run)
        .query(Baselines::readBaseline)
        .optional();
  }

  private static Baseline readBaseline(ResultSet row, int number) throws SQLException {
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
