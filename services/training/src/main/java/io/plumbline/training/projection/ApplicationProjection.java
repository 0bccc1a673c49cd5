package io.plumbline.training.projection;

import io.plumbline.contracts.Phase;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.StrategyEvent.PhaseChanged;
import io.plumbline.contracts.state.PhaseState;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The projection of the workspace's applications and their phases. */
@Component
public class ApplicationProjection {

  /** The status of a phase: its state, and the evidence that it still needs. */
  public record PhaseStatus(Phase phase, PhaseState state, List<String> missing) {}

  private final JdbcClient sql;

  ApplicationProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @OnEvent
  public void on(ApplicationRegistered event, EventMetadata metadata) {
    add(metadata.workspace(), event.application());
  }

  /**
   * Stores a phase. Its event may arrive before that of its application, because there is no order
   * between topics.
   */
  @OnEvent
  public void on(PhaseChanged event, EventMetadata metadata) {
    add(metadata.workspace(), event.application());
    sql.sql(
            """
            INSERT INTO phase AS stored (workspace_id, application, phase, state, missing, version)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, application, phase) DO UPDATE
            SET state = excluded.state, missing = excluded.missing, version = excluded.version
            WHERE stored.version < excluded.version
            """)
        .params(
            metadata.workspace(),
            event.application(),
            event.phase().name(),
            event.state().name(),
            event.missingEvidence().toArray(String[]::new),
            metadata.aggregateVersion())
        .update();
  }

  private void add(UUID workspace, String application) {
    sql.sql("INSERT INTO application (workspace_id, name) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .params(workspace, application)
        .update();
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public boolean exists(String application) {
    return sql.sql("SELECT EXISTS (SELECT 1 FROM application WHERE name = ?)")
        .param(application)
        .query(Boolean.class)
        .single();
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public List<PhaseStatus> phases(String application) {
    return sql.sql("SELECT phase, state, missing FROM phase WHERE application = ?")
        .param(application)
        .query((row, index) ->
            new PhaseStatus(
                Phase.valueOf(row.getString(1)),
                PhaseState.valueOf(row.getString(2)),
                Columns.texts(row, 3)))
        .list();
  }
}
